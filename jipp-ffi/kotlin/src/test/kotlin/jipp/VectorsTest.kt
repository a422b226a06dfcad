package jipp

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.io.File
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** One behaviour in all languages: the cases of `tests/vectors/cases`, which Rust, Python and Swift answer too. */
class VectorsTest {
    private val mapper = ObjectMapper()

    private fun cases(): List<JsonNode> {
        val files = File(root, "tests/vectors/cases").listFiles { file -> file.extension == "json" }!!
        return files.sorted().flatMap { mapper.readTree(it).toList() }
    }

    /** What became of a case, under the name that the case has for it. */
    private fun outcome(case: JsonNode): Pair<String, Any?> {
        val operation = operations.getValue(case["op"].textValue())
        return try {
            "expect" to tree(operation(case["given"]))
        } catch (error: JippException) {
            val told = mapOf(
                "kind" to kebab(error.javaClass.simpleName),
                "code" to error.code,
                "subject" to error.subject,
                "line" to error.location.line?.toLong(),
                "value" to error.value,
            )
            "error" to told.filterValues { !isNothing(it) }
        }
    }

    @Test
    fun `every case is answered as the core answers it`() {
        val cases = cases()
        assertTrue(cases.size >= 300, "${cases.size} cases only")
        val wrong = cases.mapNotNull { case ->
            val (key, value) = outcome(case)
            val expected = case[key]?.let { tree(it) }
            if (case.has(key) && same(value, expected)) null else "${case["op"]}, ${case["name"]}: $key $value"
        }
        println("${cases.size} cases answered, ${wrong.size} of them otherwise")
        assertEquals(emptyList<String>(), wrong.take(5), "${wrong.size} of ${cases.size}")
    }
}
