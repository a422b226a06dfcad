package jipp

import java.io.File

/*
 * How quick the library is in the hands of an app: the file that `phone-asset` makes, opened and asked. BENCHMARKS.md has the
 * figures and the commands.
 */
fun main(arguments: Array<String>) {
    val file = arguments.first()
    // Loading the library is not part of it.
    version()
    val started = System.nanoTime()
    val network = Network.openReadOnly(file, "phone")
    val opened = System.nanoTime()
    val words = wordsOf(network)
    val first = network.candidates(Question(text = words.take(4).joinToString(" ")))
    val answered = System.nanoTime()
    println("file of ${File(file).length() / 1_000_000} MB, ${first.searched} innovations")
    println("opened in %.0f ms, first question answered after %.0f ms".format(ms(opened - started), ms(answered - started)))

    val strokes = words.chunked(3).take(60).map { it.joinToString(" ") }.flatMap { text -> (1..text.length).map(text::take) }
    strokes.take(200).forEach { network.search(it, 10u) }
    val times = strokes.map { typed ->
        val before = System.nanoTime()
        network.search(typed, 10u)
        ms(System.nanoTime() - before)
    }.sorted()
    println("%d keystrokes: median %.2f ms, p99 %.2f ms, longest %.2f ms".format(
        times.size, times[times.size / 2], times[times.size * 99 / 100], times.last(),
    ))
}

private fun ms(nanoseconds: Long) = nanoseconds / 1e6

/** Words that stand in the records, to be typed. */
private fun wordsOf(network: Network): List<String> =
    network.records(EntityKind.INNOVATION, null, 50u).records.flatMap { record ->
        words((record as Record.Innovation).value.title)
    }.distinct().take(180)
