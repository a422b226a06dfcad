package jipp

import java.io.File
import java.nio.charset.CharacterCodingException
import java.nio.file.Path
import java.time.Instant
import java.util.concurrent.Executors
import java.util.concurrent.TimeUnit
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Assumptions.assumeTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

private val now = Instant.parse(AT)

/** Whatever comes in: an error of the right kind, the app alive, the data intact. Nulls are refused by the types. */
class BadInputTest {
    @TempDir
    lateinit var folder: Path

    private val huge = "x".repeat(10_000_000)

    private fun agency(id: String) = Record.Agency(Agency(id = id, name = "Kota", kind = AgencyKind.CITY))

    private inline fun <reified E : JippException> refused(code: String, crossinline act: () -> Unit) {
        val error = assertThrows(E::class.java) { act() }
        assertEquals(code, error.code, error.message)
        assertTrue(error.reason.length < 2_000, "an error quotes what is long in part only")
    }

    @Test
    fun `empty and huge texts`() {
        Network.inMemory("phone").use { network ->
            refused<JippException.Invalid>("id-empty") { network.register(agency(""), at = now) }
            refused<JippException.Invalid>("id-too-long") { network.register(agency(huge), at = now) }
            refused<JippException.Invalid>("option-invalid") { network.search(huge) }
            refused<JippException.Invalid>("date-form") { parseDate(huge) }
            refused<JippException.Invalid>("text-too-long") {
                val record = Agency(id = "a", name = huge, kind = AgencyKind.CITY)
                network.register(Record.Agency(record), at = now)
            }
            assertEquals(emptyList<SearchHit>(), network.search(""))
            assertEquals(10_000_000, fold(huge).length)
            refused<JippException.Invalid>("id-empty") { Network.inMemory("") }
            assertEquals(0uL, network.revision())
        }
    }

    @Test
    fun `half a surrogate pair`() {
        Network.inMemory("phone").use { network ->
            // It has no UTF-8, so it never leaves the JVM.
            assertThrows(CharacterCodingException::class.java) { network.register(agency("a\uD800"), at = now) }
            assertEquals(0uL, network.revision())
        }
    }

    @Test
    fun `unknown ids and wrong times`() {
        refused<JippException.NotFound>("not-found") { sample.neighbours("nobody/nothing") }
        refused<JippException.NotFound>("revision-unknown") { sample.exportSince(999_999uL) }
        refused<JippException.Invalid>("time-form") { sample.commit(emptyList(), "yesterday") }
        refused<JippException.Invalid>("date-form") { sample.hubsOn("soon") }
        refused<JippException.Invalid>("bundle-damaged") { sample.apply(sample.exportSince(0uL).copyOf(1000)) }
    }

    @Test
    fun `after closing`() {
        val network = Network.inMemory("phone")
        network.closeNetwork()
        network.closeNetwork()
        assertTrue(network.isClosed())
        refused<JippException.Refused>("network-closed") { network.search("x") }
        refused<JippException.Refused>("network-closed") { network.register(agency("a"), at = now) }
        network.close()
        assertThrows(IllegalStateException::class.java) { network.revision() }
    }

    @Test
    fun `many threads`() {
        Network.open(folder.resolve("threads.jipp").toString(), "phone").use { network ->
            val pool = Executors.newFixedThreadPool(8)
            val work = (0 until 8).map { thread ->
                pool.submit<Int> {
                    (0 until 10).sumOf { turn ->
                        network.register(agency("kota-$thread-$turn"), at = now)
                        network.search("kota")
                        network.records(EntityKind.AGENCY, null, 1u).records.size
                    }
                }
            }
            assertEquals(80, work.sumOf { it.get(60, TimeUnit.SECONDS) })
            pool.shutdown()
            assertEquals(80uL, network.count(EntityKind.AGENCY))
            assertEquals(emptyList<String>(), network.verify())
        }
    }

    @Test
    fun `a listener that throws, and one that asks the network it listens to`() {
        val rows = (1..30).joinToString("\n") { """{"id":"kota-$it","name":"Kota $it","kind":"city"}""" }.toByteArray()
        val options = ImportOptions(at = AT, kind = EntityKind.AGENCY, batch = 10uL)
        Network.inMemory("phone").use { network ->
            refused<JippException.Conflict>("cancelled") {
                network.importBytes("rows.jsonl", rows, options, listener { error("the screen is gone") })
            }
            refused<JippException.Busy>("network-busy") {
                network.importBytes("rows.jsonl", rows, options, listener { network.revision() > 0uL })
            }
            val report = network.importBytes("rows.jsonl", rows, options)
            assertEquals(30uL, network.count(EntityKind.AGENCY), "$report")
        }
    }

    @Test
    fun `files that are none, are elsewhere, or may not be written`() {
        val foreign = folder.resolve("foreign.jipp").toFile().apply { writeText("this is no network") }
        refused<JippException.Corrupt>("store-foreign") { Network.open(foreign.path, "phone") }
        assertEquals("this is no network", foreign.readText())
        assertThrows(JippException.Storage::class.java) { Network.open(folder.resolve("no/such/folder.jipp").toString(), "phone") }
        assertThrows(JippException.Storage::class.java) {
            Network.inMemory("phone").importFile(folder.resolve("none.csv").toString(), ImportOptions(at = AT, kind = EntityKind.AGENCY))
        }
        val path = folder.resolve("read.jipp").toString()
        Network.open(path, "phone").use { it.register(agency("a"), at = now) }
        Network.openReadOnly(path, "phone").use { network ->
            refused<JippException.Storage>("store-read-only") { network.register(agency("b"), at = now) }
            assertEquals(1uL, network.count(EntityKind.AGENCY))
        }
    }

    @Test
    fun `a full disk`() {
        // A device that is always full.
        val full = File("/dev/full")
        assumeTrue(full.exists())
        Network.open(folder.resolve("ok.jipp").toString(), "phone").use { network ->
            network.register(agency("a"), at = now)
            assertThrows(JippException::class.java) { network.backupTo(full.path) }
            network.register(agency("b"), at = now)
            assertEquals(emptyList<String>(), network.verify())
        }
    }
}
