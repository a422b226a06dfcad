package jipp

import java.io.File
import java.time.Instant
import java.util.zip.GZIPInputStream
import jipp.examples.officer
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** The example of `examples/kotlin`, told to its end. */
class OfficerTest {
    @Test
    fun `the officer's story`() {
        val packed = File(root, "jipp-py/python/jipp/data/sample.jipp.gz").inputStream()
        val told = mutableListOf<String>()
        officer(GZIPInputStream(packed).readBytes(), Instant.parse(AT)) { told.add(it) }
        assertEquals(3, told.count { it.trimStart().first().isDigit() }, "three candidates")
        assertTrue(told.any { "because: " in it })
        assertTrue(told.any { it == "The hub took in 1 change, and holds 0 back." }, told.joinToString("\n"))
    }
}
