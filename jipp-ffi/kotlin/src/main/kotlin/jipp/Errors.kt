package jipp

/*
 * What every error knows, whatever its kind. The kind, which is the class, says what to do: mend the value
 * (`Invalid`), look elsewhere (`NotFound`), read again (`Conflict`), do something else (`Refused`), wait (`Busy`), look
 * after the disk (`Storage`), restore a backup (`Corrupt`), update (`Unsupported`).
 */

/** Fields that all kinds of errors share. */
private class Known(
    val code: String,
    val reason: String,
    val subject: String?,
    val location: Location,
    val value: String?,
    val hint: String?,
)

private val JippException.known: Known
    get() = when (this) {
        is JippException.Invalid -> Known(code, reason, subject, location, value, hint)
        is JippException.NotFound -> Known(code, reason, subject, location, value, hint)
        is JippException.Conflict -> Known(code, reason, subject, location, value, hint)
        is JippException.Refused -> Known(code, reason, subject, location, value, hint)
        is JippException.Busy -> Known(code, reason, subject, location, value, hint)
        is JippException.Storage -> Known(code, reason, subject, location, value, hint)
        is JippException.Corrupt -> Known(code, reason, subject, location, value, hint)
        is JippException.Unsupported -> Known(code, reason, subject, location, value, hint)
    }

/** The stable code, in kebab-case, such as `not-found`. */
public val JippException.code: String get() = known.code

/** The whole text, in English; also the `message`. */
public val JippException.reason: String get() = known.reason

/** The record it is about, as `kind id`. */
public val JippException.subject: String? get() = known.subject

/** Where in the input it stands. */
public val JippException.location: Location get() = known.location

/** The offending value. */
public val JippException.value: String? get() = known.value

/** What would have been right, or what to do. */
public val JippException.hint: String? get() = known.hint
