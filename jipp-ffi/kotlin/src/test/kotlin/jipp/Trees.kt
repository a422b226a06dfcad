package jipp

import com.fasterxml.jackson.databind.JsonNode
import java.lang.reflect.Modifier

/** What tells the variants of these types apart stands among their other fields. */
private val TAGS = mapOf("Ground" to "factor")

/**
 * A value of the library as the tree that the cases expect: fields by their names in JSON, codes, and nothing that is
 * empty, null or false among fields.
 */
fun tree(value: Any?): Any? = when (value) {
    null, is String, is Boolean -> value
    is Number -> if (value is Double || value is Float) value.toDouble() else value.toLong()
    is UInt -> value.toLong()
    is ULong -> value.toLong()
    is List<*> -> if (value.isNotEmpty() && value.all { isEntry(it) }) entries(value) else value.map(::tree)
    is Enum<*> -> value.javaClass.getMethod("code").invoke(value)
    else -> ofFields(value)
}

private fun fieldsOf(value: Any): List<Pair<String, Any?>> =
    value.javaClass.declaredFields.filter { !Modifier.isStatic(it.modifiers) }.map {
        it.isAccessible = true
        it.name to it.get(value)
    }

private fun isEntry(value: Any?): Boolean =
    value != null && value !is String && value !is Number && value !is List<*> && value !is Enum<*> &&
        fieldsOf(value).map { it.first } == listOf("key", "value")

private fun entries(all: List<*>): Map<String, Any?> = all.associate { entry ->
    val (key, value) = fieldsOf(entry!!)
    key.second as String to tree(value.second)
}

private fun ofFields(value: Any): Any? {
    val fields = fieldsOf(value)
    val names = fields.map { it.first }
    if (names == listOf("first", "second") || names == listOf("first", "second", "third")) {
        return fields.map { tree(it.second) }
    }
    val choice = value.javaClass.enclosingClass?.takeIf { it == value.javaClass.superclass }
    val content = fields.associate { snake(it.first) to tree(it.second) }.filterValues { !isNothing(it) }
    if (choice == null) return content
    val code = kebab(value.javaClass.simpleName)
    val tag = TAGS[choice.simpleName]
    return when {
        tag != null -> content + (tag to code)
        names.isEmpty() -> code
        names == listOf("value") -> mapOf(code to tree(fields.single().second))
        else -> mapOf(code to content)
    }
}

fun isNothing(value: Any?): Boolean =
    value == null || value == false || (value is Collection<*> && value.isEmpty()) || (value is Map<*, *> && value.isEmpty())

private fun snake(name: String): String = name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }

fun kebab(name: String): String = name.replace(Regex("(?<!^)[A-Z]")) { "-" + it.value.lowercase() }.lowercase()

/** JSON as the same kind of tree. */
fun tree(json: JsonNode): Any? = when {
    json.isNull -> null
    json.isTextual -> json.textValue()
    json.isBoolean -> json.booleanValue()
    json.isIntegralNumber -> json.longValue()
    json.isNumber -> json.doubleValue()
    json.isArray -> json.map { tree(it) }
    else -> json.properties().associate { (name, value) -> name to tree(value) }
}

/** Whether two trees are equal; numbers to the last bit, whole ones also as floats. */
fun same(one: Any?, other: Any?): Boolean = when {
    one is Double && other is Long -> one == other.toDouble()
    one is Long && other is Double -> same(other, one)
    one is Double && other is Double -> one.toRawBits() == other.toRawBits() || one == other
    one is List<*> && other is List<*> -> one.size == other.size && one.zip(other).all { (a, b) -> same(a, b) }
    one is Map<*, *> && other is Map<*, *> ->
        one.keys == other.keys && one.all { (name, value) -> same(value, other[name]) }
    else -> one == other
}
