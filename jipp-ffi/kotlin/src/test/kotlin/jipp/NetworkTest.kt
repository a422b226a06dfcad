package jipp

import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import java.time.LocalDate
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

private val now = Instant.parse(AT)
private val ambon = Agency(id = "kota-ambon", name = "Pemerintah Kota Ambon", kind = AgencyKind.CITY)
private val queue = Innovation(
    id = "kota-ambon/antre",
    title = "Antre dari Rumah",
    owner = ambon.id,
    problem = "Pasien puskesmas mengantre lama di loket",
)

/** What an app does with a network. */
class NetworkTest {
    @TempDir
    lateinit var folder: Path

    private fun file(name: String) = folder.resolve(name).toString()

    private fun Network.begin() = register(Record.Agency(ambon), Record.Innovation(queue), at = now, by = "petugas")

    @Test
    fun `what is recorded is found, with reasons that add up`() {
        Network.inMemory("phone").use { network ->
            network.begin()
            val best = network.candidates(Question(text = "antrean panjang di puskesmas")).candidates.first()
            assertEquals("Antre dari Rumah", best.title)
            assertEquals(best.score, best.parts.sumOf { it.points })
            assertTrue("antre" in best.parts.first().ground.words(Lang.ID))
            assertEquals(best.innovation, network.search("antrean").first().innovation)
        }
    }

    @Test
    fun `a file keeps what was committed`() {
        val path = file("network.jipp")
        Network.open(path, "phone").use { it.begin() }
        Network.open(path, "phone").use { network ->
            assertEquals(queue, network.innovation(queue.id))
            assertEquals(emptyList<String>(), network.verify())
            assertEquals(path, network.path())
            network.backupTo(file("backup.jipp"))
        }
        Network.openReadOnly(file("backup.jipp"), "phone").use { assertEquals(1uL, it.revision()) }
    }

    @Test
    fun `a revision changes what it names and is refused when stale`() {
        Network.inMemory("phone").use { network ->
            network.begin()
            val seen = network.innovation(queue.id)!!
            network.revise(Record.Innovation(seen), Record.Innovation(seen.copy(title = "Antre Daring")), now)
            assertEquals("Antre Daring", network.innovation(queue.id)?.title)
            assertEquals(queue.title, (network.record(EntityKind.INNOVATION, queue.id, 1uL) as Record.Innovation).value.title)
            val stale = assertThrows(JippException.Conflict::class.java) {
                network.revise(Record.Innovation(seen), Record.Innovation(seen.copy(title = "Lain")), now)
            }
            assertEquals("edit-stale", stale.code)
            val history = network.history(EntityKind.INNOVATION, queue.id)
            assertEquals(listOf(1uL, 2uL), history.map { it.revision })
        }
    }

    @Test
    fun `two copies meet by bundles`() {
        val (phone, hub) = Network.inMemory("phone") to Network.inMemory("hub")
        phone.begin()
        assertEquals(2L, hub.apply(phone.exportSince(0uL)).new)
        assertEquals(0L, hub.apply(phone.exportSince(0uL)).new)
        assertEquals(phone.innovation(queue.id), hub.innovation(queue.id))
        assertEquals(emptyList<RegistryConflict>(), hub.conflicts())
    }

    @Test
    fun `records come page by page`() {
        val all = sample.all(EntityKind.REGION, page = 50).toList()
        assertEquals(sample.count(EntityKind.REGION).toInt(), all.size)
        assertEquals(all.size, all.toSet().size)
    }

    @Test
    fun `dates become those of java time`() {
        val year = "2019".toPartialDate()
        assertEquals(LocalDate.of(2019, 1, 1), year.first)
        assertEquals(LocalDate.of(2019, 12, 31), year.last)
        assertNull(year.exact)
        assertEquals(LocalDate.of(2020, 2, 29), "2020-02-29".toPartialDate().exact)
        assertEquals("2026-11-21T08:00:00.123Z", Instant.parse("2026-11-21T08:00:00.123456Z").toJipp())
        assertEquals(sample.hubsOn("2023-12-31"), sample.hubsOn(LocalDate.of(2023, 12, 31)))
    }

    @Test
    fun `an error says everything in its message`() {
        val error = assertThrows(JippException.Invalid::class.java) { parseDate("2019-13") }
        assertEquals("date-form", error.code)
        assertEquals(error.reason, error.message)
        assertTrue(error.message.startsWith("not a date"), error.message)
        assertEquals("2019-13", error.value)
        assertTrue(error.toString().contains("not a date"), error.toString())
    }

    @Test
    fun `an import reports and can be stopped`() {
        val rows = (1..50).joinToString("\n") { """{"id":"kota-$it","name":"Kota $it","kind":"city"}""" }
        val options = ImportOptions(at = AT, kind = EntityKind.AGENCY, batch = 10uL)
        Files.writeString(folder.resolve("rows.jsonl"), rows)
        Network.inMemory("phone").use { network ->
            val heard = mutableListOf<Long>()
            val report = network.importFile(file("rows.jsonl"), options, listener { heard.add(it.rows) })
            assertEquals(50L, report.registered)
            assertTrue(heard.isNotEmpty() && heard == heard.sorted())
        }
        Network.inMemory("phone").use { network ->
            val report = network.importFile(file("rows.jsonl"), options, listener { it.rows < 20 })
            assertTrue(report.isCancelled && report.registered in 1..49, "$report")
        }
    }

    @Test
    fun `what is exported can be imported again`() {
        val network = Network.inMemory("phone").apply { begin() }
        for ((format, kind) in listOf(FileFormat.JSON to null, FileFormat.CSV to EntityKind.AGENCY)) {
            val name = if (format == FileFormat.JSON) "all.json" else "agencies.csv"
            val copy = Network.inMemory("copy")
            copy.importBytes(name, network.exportRecords(format, kind), ImportOptions(at = AT, kind = kind))
            assertEquals(ambon, copy.agency(ambon.id))
        }
    }

    @Test
    fun `hubs, lineage and reports are pages and drawings`() {
        val hub = sample.hubsOn("2024").first().hub
        assertTrue(sample.hubReport(hub, ReportOptions(year = 2024), Lang.ID).startsWith("# "))
        assertTrue(sample.drawLineage("svg", Lang.EN, listOf(sample.lineageRoots().first())).startsWith("<svg"))
        assertTrue("dot" in graphFormats())
    }
}
