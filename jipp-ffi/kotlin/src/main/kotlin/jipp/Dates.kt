package jipp

import java.time.Instant
import java.time.LocalDate

/*
 * Dates and times. Records hold them as text, since most dates of the record are known to the year or the month only;
 * these make them of java.time and back. On Android below API 26 java.time needs core library desugaring.
 */

/** The first day that this date can mean: of `2019`, the first of January. */
public val PartialDate.first: LocalDate get() = LocalDate.parse(firstDay)

/** The last day that this date can mean: of `2019`, the thirty-first of December. */
public val PartialDate.last: LocalDate get() = LocalDate.parse(lastDay)

/** The day, if it is known; none for a month or a year. */
public val PartialDate.exact: LocalDate? get() = day?.let { first }

/**
 * Reads the text of a date, as records hold it.
 *
 * @throws JippException.Invalid with the code `date-form`.
 */
public fun String.toPartialDate(): PartialDate = parseDate(this)

/** This day as records hold it. */
public fun LocalDate.toJipp(): String = toString()

/** This moment as commits take it, to the millisecond. */
public fun Instant.toJipp(): String = Instant.ofEpochMilli(toEpochMilli()).toString()
