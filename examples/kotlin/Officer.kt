package jipp.examples

import java.io.File
import java.time.Instant
import java.util.zip.GZIPInputStream
import jipp.Action
import jipp.Candidate
import jipp.Draft
import jipp.Lang
import jipp.Network
import jipp.Question
import jipp.Record
import jipp.Replication
import jipp.Source
import jipp.points
import jipp.commit
import jipp.hubsOn
import java.time.LocalDate

/*
 * An officer's day with jipp on a phone: a need, what answers it and why, what is still lacking, whom to call; a visit that is
 * recorded without a network connection, and handed to the hub in the evening. Of the real data that come with jipp.
 *
 *   jipp-ffi/generate && mvn -f jipp-ffi/kotlin/pom.xml test-compile exec:java -Dexec.classpathScope=test \
 *       -Dexec.mainClass=jipp.examples.OfficerKt -Dexec.args="jipp-py/python/jipp/data/sample.jipp.gz"
 */
fun main(arguments: Array<String>) {
    val bundle = GZIPInputStream(File(arguments.first()).inputStream()).readBytes()
    officer(bundle, Instant.parse("2026-11-21T08:00:00Z"), ::println)
}

/** The story, told line by line. */
fun officer(bundle: ByteArray, now: Instant, say: (String) -> Unit) {
    val phone = Network.inMemory("phone")
    val hub = Network.inMemory("hub")
    phone.apply(bundle)
    hub.apply(bundle)

    say("While typing:")
    for (typed in listOf("antre", "antrean pus", "antrean puskesmas")) {
        say("  \"$typed\": " + phone.search(typed, 3u).joinToString { it.title })
    }

    val need = Question(text = "antrean panjang di puskesmas", agency = "kota-ambon", on = "2026-11-21", limit = 3)
    say("What answers “${need.text}” for ${need.agency}:")
    val best = phone.candidates(need).candidates
    best.forEach { tell(it, say) }

    val draft = Draft(title = best.first().title, problem = need.text, owner = need.agency)
    val novelty = phone.checkDraft(draft).novelty
    say("Our own idea of that name would be: ${novelty.label(Lang.EN)}")

    val visit = Replication(
        id = "kota-ambon/visit-2026-11-21",
        sources = listOf(Source(innovation = best.first().innovation)),
        recipient = "kota-ambon",
    )
    val before = phone.revision()
    phone.commit(listOf(Action.Register(Record.Replication(visit))), now, by = "petugas lapangan")
    say("Recorded on the phone as revision ${phone.revision()}.")

    val received = hub.apply(phone.exportSince(before))
    say("The hub took in ${received.new} change, and holds ${received.held.size} back.")
    say("Members of the hub network that day: " + hub.hubsOn(LocalDate.of(2026, 11, 21)).count { it.isMember.code() == "yes" })
}

private fun tell(candidate: Candidate, say: (String) -> Unit) {
    say("  %.1f  %s (%s)".format(candidate.points, candidate.title, candidate.ownerName))
    candidate.parts.take(3).forEach { say("        because: " + it.ground.words(Lang.EN)) }
    candidate.gaps.take(2).forEach { say("        to clear up: ${it.topic.label(Lang.EN)}") }
    candidate.hubs.take(1).forEach { say("        a hub that could mentor: ${it.name}") }
}
