package jipp

import com.fasterxml.jackson.databind.JsonNode
import java.io.File
import java.util.zip.GZIPInputStream

const val AT = "2026-11-21T08:00:00Z"

/** The folder of the whole project. */
val root = File(System.getProperty("jipp.root"))

/** The network that most cases are about: the real data that come with the Python package. */
val sample: Network by lazy {
    val packed = File(root, "jipp-py/python/jipp/data/sample.jipp.gz").inputStream()
    empty().apply { apply(GZIPInputStream(packed).readBytes()) }
}

/** A small edition that has been scored. */
private val edition: Network by lazy {
    val text = File(root, "tests/fixtures/edition.json").readBytes()
    empty().apply { importBytes("edition.json", text, ImportOptions(at = AT)) }
}

private val analyzer: Analyzer by lazy { Analyzer.standard() }

fun empty(): Network = Network.inMemory("vectors")

private fun JsonNode.text(name: String): String = path(name).asText("")
private fun JsonNode.textOrNull(name: String): String? = path(name).textValue()
private fun JsonNode.long(name: String): Long? = path(name).takeIf { it.isNumber }?.longValue()
private fun JsonNode.limit(): UInt = path("limit").intValue().toUInt()
private fun JsonNode.lang(): Lang = if (text("lang") == "id") Lang.ID else Lang.EN
private fun JsonNode.rows(): List<List<Double?>> = path("rows").map { row -> row.map { it.takeIf { !it.isNull }?.doubleValue() } }
private fun JsonNode.list(name: String): List<String> = path(name).map { it.textValue() }

/** The term of a code; a code that no term has stands for the refusal of the core. */
private inline fun <reified E : Enum<E>> JsonNode.term(name: String): E =
    enumValues<E>().single { it.javaClass.getMethod("code").invoke(it) == text(name) }

private fun JsonNode.scope(): Scope? {
    val progress = textOrNull("progress")?.let { code -> ReplicationProgress.entries.single { it.code() == code } }
    return Scope(on = textOrNull("on"), progress = progress)
}

private fun question(given: JsonNode) = Question(
    text = given.text("text"),
    agency = given.textOrNull("agency"),
    agencyKind = given.textOrNull("agency_kind")?.let { code -> AgencyKind.entries.single { it.code() == code } },
    region = given.textOrNull("region"),
    staff = given.long("staff"),
    tools = given.path("tools").takeIf { it.isArray }?.map { it.textValue() },
    limit = given.long("limit"),
    on = given.textOrNull("on"),
    diversity = given.long("diversity"),
)

private fun record(json: JsonNode): Record {
    val (kind, fields) = json.properties().single()
    val period = fields.path("valid").takeIf { it.isObject }?.let { Period(it.textOrNull("from"), it.textOrNull("to")) }
    return when (kind) {
        "agency" -> Record.Agency(
            Agency(id = fields.text("id"), name = fields.text("name"), kind = fields.term("kind"), valid = period),
        )
        "innovation" -> Record.Innovation(
            Innovation(id = fields.text("id"), title = fields.text("title"), owner = fields.text("owner")),
        )
        "replication" -> Record.Replication(
            Replication(
                id = fields.text("id"),
                sources = fields.path("sources").map { Source(innovation = it.text("innovation")) },
                target = fields.textOrNull("target"),
            ),
        )
        "region" -> Record.Region(
            Region(
                id = fields.text("id"),
                name = fields.text("name"),
                level = fields.term("level"),
                population = fields.long("population"),
            ),
        )
        else -> error("no case has a $kind")
    }
}

private fun options(given: JsonNode) = ImportOptions(
    at = given.textOrNull("at") ?: AT,
    kind = given.textOrNull("kind")?.let { given.term<EntityKind>("kind") },
    batch = given.long("batch")?.toULong(),
    maxRejectionsListed = given.long("max_rejections_listed")?.toULong(),
)

private fun scoring(given: JsonNode): Scoring {
    val cut = Cut(places = given.long("places"), passMark = given.path("pass_mark").takeIf { it.isNumber }?.doubleValue())
    return edition.score(ScoringOptions(edition = given.text("edition"), cut = cut))
}

/** What each operation of the cases is, in terms of the library. */
val operations: Map<String, (JsonNode) -> Any?> = mapOf(
    "parse-date" to { parseDate(it.text("text")) },
    "fold" to { fold(it.text("text")) },
    "words" to { words(it.text("text")) },
    "check-id" to { checkId(it.term("kind"), it.text("id")).let { true } },
    "label-agency-kind" to { it.term<AgencyKind>("code").label(it.lang()) },
    "label-kind" to { it.term<EntityKind>("code").label(it.lang()) },
    "stem" to { analyzer.stem(it.text("word")) },
    "stop-word" to { analyzer.isStopWord(it.text("word")) },
    "terms" to { analyzer.terms(it.text("text")) },
    "candidates" to { sample.candidates(question(it)) },
    "ground-words" to { given ->
        val found = sample.candidates(Question(text = given.text("text"), limit = 1))
        found.candidates.flatMap { it.parts }.map { it.ground.words(given.lang()) }
    },
    "search" to { sample.search(it.text("text"), it.limit()) },
    "neighbours" to { sample.neighbours(it.text("innovation"), it.limit()) },
    "check-draft" to {
        sample.checkDraft(
            Draft(
                title = it.textOrNull("title"),
                problem = it.textOrNull("problem"),
                solution = it.textOrNull("solution"),
                owner = it.textOrNull("owner"),
            ),
        )
    },
    "duplicates" to { sample.duplicates() },
    "record" to { sample.record(it.term("kind"), it.text("id")) },
    "count" to { sample.count(it.term("kind")) },
    "referrers" to { sample.referrers(it.term("kind"), it.term("to_kind"), it.text("to_id")) },
    "page" to { sample.records(it.term("kind"), it.textOrNull("token"), it.limit()) },
    "lineage-node" to { sample.lineageNode(it.text("node"), it.scope()) },
    "sources" to { sample.sources(it.text("node"), it.scope()) },
    "replicas" to { sample.replicas(it.text("node"), it.scope()) },
    "ancestors" to { sample.ancestors(it.text("node"), it.scope()) },
    "descendants" to { sample.descendants(it.text("node"), it.scope()) },
    "impact" to { sample.impact(it.text("node"), it.scope()) },
    "adoptions" to { sample.adoptions(it.text("node"), it.scope()) },
    "roots" to { sample.lineageRoots() },
    "travel" to { sample.travel() },
    "common-ancestors" to { sample.commonAncestors(it.text("first"), it.text("second")) },
    "paths" to { sample.paths(it.text("start"), it.text("end"), it.limit()) },
    "adaptation" to { sample.adaptation(it.text("replication")) },
    "hubs-on" to { sample.hubsOn(it.text("on"), null as Counting?) },
    "hub-coverage" to { sample.hubCoverage(it.text("on")) },
    "hub-readiness" to { sample.hubReadiness(it.text("hub"), it.text("on")) },
    "hub-findings" to { given -> sample.hubFindings().map { it.words(given.lang()) } },
    "krippendorff" to { agreementKrippendorff(it.term("level"), it.rows()) },
    "kendall" to { agreementKendall(it.term("level"), it.rows()) },
    "icc" to { agreementIcc(it.term("level"), it.rows()) },
    "chance-corrected" to { chanceCorrected(it.term("level"), it.rows(), it.term("model"), it.term("weighting")) },
    "standings" to { scoring(it).use { scoring -> scoring.standings() } },
    "chosen" to { scoring(it).use { scoring -> scoring.chosen() } },
    "import" to { empty().use { network -> network.importBytes(it.text("file"), it.text("text").toByteArray(), options(it)) } },
    "suggest-mapping" to { suggestMapping(it.term("kind"), it.list("headers")) },
    "commit" to { empty().use { network -> network.commit(it.path("records").map { Action.Register(record(it)) }, AT) } },
    "apply" to { empty().use { network -> network.apply(it.text("text").toByteArray()) } },
    "closed" to { empty().use { network -> network.closeNetwork(); network.revision() } },
)
