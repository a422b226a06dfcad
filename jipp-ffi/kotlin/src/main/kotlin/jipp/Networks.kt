package jipp

import java.time.Instant
import java.time.LocalDate

/*
 * The network in the idioms of Kotlin. `Network` is AutoCloseable: `network.use { ... }`, or keep it for the life of the
 * app. Every call blocks until it is answered; from coroutines call it in `withContext(Dispatchers.IO)`.
 */

/** Does all actions or none, recorded at a moment. See [Network.commit]. */
@Throws(JippException::class)
public fun Network.commit(actions: List<Action>, at: Instant, by: String? = null): Committed =
    commit(actions, at.toJipp(), by)

/** Enters records, all or none. */
@Throws(JippException::class)
public fun Network.register(vararg records: Record, at: Instant, by: String? = null): Committed =
    commit(records.map { Action.Register(it) }, at, by)

/**
 * Changes a record from what it was when it was read to what it shall be. If both are equal, nothing happens.
 *
 * @throws JippException.Conflict with the code `edit-stale` if somebody changed the same field meanwhile.
 */
@Throws(JippException::class)
public fun Network.revise(old: Record, new: Record, at: Instant, by: String? = null): Committed =
    commit(listOfNotNull(revisionBetween(old, new)), at, by)

/** An innovation; none if there is none. */
@Throws(JippException::class)
public fun Network.innovation(id: String): Innovation? =
    (record(EntityKind.INNOVATION, id) as Record.Innovation?)?.value

/** An agency; none if there is none. */
@Throws(JippException::class)
public fun Network.agency(id: String): Agency? = (record(EntityKind.AGENCY, id) as Record.Agency?)?.value

/** A replication; none if there is none. */
@Throws(JippException::class)
public fun Network.replication(id: String): Replication? =
    (record(EntityKind.REPLICATION, id) as Record.Replication?)?.value

/** A hub; none if there is none. */
@Throws(JippException::class)
public fun Network.hub(id: String): Hub? = (record(EntityKind.HUB, id) as Record.Hub?)?.value

/** Every record of a kind by id, fetched page by page as they are looked at. */
public fun Network.all(kind: EntityKind, page: Int = 100): Sequence<Record> = sequence {
    var token: String? = null
    do {
        val found = records(kind, token, page.toUInt())
        yieldAll(found.records)
        token = found.next
    } while (token != null)
}

/** The hubs that are members on a day. See [Network.hubsOn]. */
@Throws(JippException::class)
public fun Network.hubsOn(on: LocalDate, counting: Counting? = null): List<HubOn> = hubsOn(on.toJipp(), counting)

/** A lambda as a listener: `listener { it.rows < 1000 }`. It returns whether to go on. */
public fun listener(keepGoing: (ImportProgress) -> Boolean): ProgressListener =
    object : ProgressListener {
        override fun keepGoing(progress: ImportProgress): Boolean = keepGoing(progress)
    }

/** This score in points; 100 at the most. */
public val Candidate.points: Double get() = score / 1_000_000.0
