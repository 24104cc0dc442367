package dev.merapi.api.error;

import org.jspecify.annotations.Nullable;

/**
 * Every error a program can meet. The name and the number never change their meaning and are never reused.
 *
 * <p>Numbers are grouped by the room that raises them: 1xxx values and schemas, 2xxx the store, 3xxx SQL, 4xxx live
 * queries, 5xxx the protocol, 6xxx server and authentication, 7xxx the client, 8xxx the command line. Where PostgreSQL
 * has an SQLSTATE for the same thing it is given, because programs written for PostgreSQL look at it.
 */
public enum ErrorCode {
    INVALID_VALUE(1001, ErrorCategory.INCORRECT, false, "22P02"),
    VALUE_OUT_OF_RANGE(1002, ErrorCategory.INCORRECT, false, "22003"),
    WRONG_VALUE_TYPE(1003, ErrorCategory.INCORRECT, false, "42804"),
    MALFORMED_BSATN(1004, ErrorCategory.INCORRECT, false, null),
    INVALID_SCHEMA(1005, ErrorCategory.INCORRECT, false, "42P16"),
    STRING_TOO_LONG(1006, ErrorCategory.INCORRECT, false, "22001"),
    NULL_NOT_ALLOWED(1007, ErrorCategory.INCORRECT, false, "23502"),

    UNIQUE_VIOLATION(2001, ErrorCategory.CONFLICT, false, "23505"),
    FOREIGN_KEY_VIOLATION(2002, ErrorCategory.CONFLICT, false, "23503"),
    CHECK_VIOLATION(2003, ErrorCategory.CONFLICT, false, "23514"),
    NOT_NULL_VIOLATION(2004, ErrorCategory.CONFLICT, false, "23502"),
    DEPENDENT_OBJECTS(2005, ErrorCategory.CONFLICT, false, "2BP01"),
    SEQUENCE_EXHAUSTED(2006, ErrorCategory.LIMITED, false, "2200H"),
    STORE_LIMIT(2007, ErrorCategory.LIMITED, false, "54000"),
    RESTRICT_VIOLATION(2008, ErrorCategory.CONFLICT, false, "23001"),
    UNKNOWN_SAVEPOINT(2009, ErrorCategory.NOT_FOUND, false, "3B001"),
    ROW_NOT_FOUND(2010, ErrorCategory.NOT_FOUND, false, "02000"),
    LOG_CORRUPT(2101, ErrorCategory.FAULT, false, "XX001"),
    LOG_FAILED(2102, ErrorCategory.UNAVAILABLE, false, "58030"),
    LOG_FULL(2103, ErrorCategory.UNAVAILABLE, true, "53100"),
    LOG_VERSION_UNSUPPORTED(2104, ErrorCategory.UNSUPPORTED, false, "0A000"),
    HISTORY_TRUNCATED(2105, ErrorCategory.NOT_FOUND, false, null),
    DATA_DIRECTORY_LOCKED(2106, ErrorCategory.UNAVAILABLE, true, "55006"),
    STORAGE_FAILED(2107, ErrorCategory.UNAVAILABLE, false, "58030"),
    CHECKPOINT_REFUSED(2108, ErrorCategory.CONFLICT, true, "55000"),
    COMMIT_TOO_LARGE(2109, ErrorCategory.LIMITED, false, "54000"),

    SYNTAX_ERROR(3001, ErrorCategory.INCORRECT, false, "42601"),
    UNKNOWN_TABLE(3002, ErrorCategory.NOT_FOUND, false, "42P01"),
    UNKNOWN_COLUMN(3003, ErrorCategory.NOT_FOUND, false, "42703"),
    UNKNOWN_FUNCTION(3004, ErrorCategory.NOT_FOUND, false, "42883"),
    UNSUPPORTED_SQL(3005, ErrorCategory.UNSUPPORTED, false, "0A000"),
    STATEMENT_LIMIT(3006, ErrorCategory.LIMITED, false, "54000"),
    STATEMENT_TOO_COMPLEX(3020, ErrorCategory.LIMITED, false, "54001"),
    AMBIGUOUS_COLUMN(3021, ErrorCategory.INCORRECT, false, "42702"),
    AMBIGUOUS_FUNCTION(3022, ErrorCategory.INCORRECT, false, "42725"),
    DUPLICATE_ALIAS(3023, ErrorCategory.INCORRECT, false, "42712"),
    DUPLICATE_COLUMN(3024, ErrorCategory.INCORRECT, false, "42701"),
    DUPLICATE_OBJECT(3025, ErrorCategory.CONFLICT, false, "42710"),
    DUPLICATE_TABLE(3026, ErrorCategory.CONFLICT, false, "42P07"),
    DUPLICATE_SCHEMA(3027, ErrorCategory.CONFLICT, false, "42P06"),
    UNKNOWN_SCHEMA(3028, ErrorCategory.NOT_FOUND, false, "3F000"),
    UNKNOWN_TYPE(3029, ErrorCategory.NOT_FOUND, false, "42704"),
    UNKNOWN_OBJECT(3030, ErrorCategory.NOT_FOUND, false, "42704"),
    UNKNOWN_PARAMETER(3031, ErrorCategory.INCORRECT, false, "42P02"),
    UNKNOWN_SETTING(3032, ErrorCategory.NOT_FOUND, false, "42704"),
    TYPE_MISMATCH(3033, ErrorCategory.INCORRECT, false, "42804"),
    CANNOT_CAST(3034, ErrorCategory.INCORRECT, false, "42846"),
    INDETERMINATE_TYPE(3035, ErrorCategory.INCORRECT, false, "42P18"),
    GROUPING_ERROR(3036, ErrorCategory.INCORRECT, false, "42803"),
    WINDOW_ERROR(3037, ErrorCategory.INCORRECT, false, "42P20"),
    INVALID_COLUMN_REFERENCE(3038, ErrorCategory.INCORRECT, false, "42P10"),
    INVALID_RECURSION(3039, ErrorCategory.INCORRECT, false, "42P19"),
    INVALID_TABLE_DEFINITION(3040, ErrorCategory.INCORRECT, false, "42P16"),
    INVALID_FOREIGN_KEY(3041, ErrorCategory.INCORRECT, false, "42830"),
    INVALID_NAME(3042, ErrorCategory.INCORRECT, false, "42602"),
    WRONG_OBJECT_TYPE(3043, ErrorCategory.INCORRECT, false, "42809"),
    GENERATED_ALWAYS(3044, ErrorCategory.INCORRECT, false, "428C9"),
    QUERY_LIMIT(3050, ErrorCategory.LIMITED, false, "54000"),
    ROW_AFFECTED_TWICE(3054, ErrorCategory.INCORRECT, false, "21000"),
    POLICY_RECURSION(3056, ErrorCategory.INCORRECT, false, "42P17"),
    ROW_POLICY_VIOLATION(3057, ErrorCategory.FORBIDDEN, false, "42501"),
    TRANSACTION_NOT_CLOSED(3055, ErrorCategory.INCORRECT, false, "25001"),
    DIVISION_BY_ZERO(3007, ErrorCategory.INCORRECT, false, "22012"),

    INVALID_DATETIME(3103, ErrorCategory.INCORRECT, false, "22007"),
    DATETIME_OUT_OF_RANGE(3104, ErrorCategory.INCORRECT, false, "22008"),
    INVALID_ARGUMENT(3105, ErrorCategory.INCORRECT, false, "22023"),
    INVALID_REGEX(3106, ErrorCategory.INCORRECT, false, "2201B"),
    INVALID_ESCAPE(3107, ErrorCategory.INCORRECT, false, "22025"),
    ARRAY_SUBSCRIPT(3108, ErrorCategory.INCORRECT, false, "2202E"),
    LOGARITHM_DOMAIN(3109, ErrorCategory.INCORRECT, false, "2201E"),
    POWER_DOMAIN(3110, ErrorCategory.INCORRECT, false, "2201F"),
    SUBSTRING_LENGTH(3111, ErrorCategory.INCORRECT, false, "22011"),
    TOO_MANY_ROWS(3112, ErrorCategory.INCORRECT, false, "21000"),
    INVALID_LIMIT(3113, ErrorCategory.INCORRECT, false, "2201W"),
    INVALID_OFFSET(3114, ErrorCategory.INCORRECT, false, "2201X"),
    INVALID_FRAME(3115, ErrorCategory.INCORRECT, false, "22013"),
    INVALID_NTILE(3116, ErrorCategory.INCORRECT, false, "22014"),
    INVALID_NTH_VALUE(3117, ErrorCategory.INCORRECT, false, "22016"),
    INVALID_WIDTH_BUCKET(3118, ErrorCategory.INCORRECT, false, "2201G"),
    NULL_ARGUMENT(3119, ErrorCategory.INCORRECT, false, "22004"),
    INVALID_CHARACTER(3120, ErrorCategory.INCORRECT, false, "22021"),
    MISSING_PARAMETER(3121, ErrorCategory.INCORRECT, false, "08P01"),
    STATEMENT_CANCELLED(3122, ErrorCategory.LIMITED, false, "57014"),
    UNTRANSLATABLE_CHARACTER(3123, ErrorCategory.INCORRECT, false, "22P05"),
    JSON_PATH_ERROR(3124, ErrorCategory.INCORRECT, false, "2203A"),

    LIVE_UNSUPPORTED(4001, ErrorCategory.UNSUPPORTED, false, "0A000"),
    LIVE_LIMIT(4002, ErrorCategory.LIMITED, false, "53400"),
    SCHEMA_CHANGED(4003, ErrorCategory.UNAVAILABLE, true, null),
    CATCH_UP_LIMIT(4004, ErrorCategory.LIMITED, true, null),

    MALFORMED_MESSAGE(5001, ErrorCategory.INCORRECT, false, "08P01"),
    FRAME_TOO_LARGE(5002, ErrorCategory.LIMITED, false, "54000"),
    INVALID_POSITION(5003, ErrorCategory.INCORRECT, false, null),
    UNSUPPORTED_REVISION(5004, ErrorCategory.UNSUPPORTED, false, null),
    HELLO_EXPECTED(5005, ErrorCategory.INCORRECT, false, "08P01"),
    REQUEST_ID_IN_USE(5006, ErrorCategory.INCORRECT, false, null),
    SUBSCRIPTION_ID_IN_USE(5007, ErrorCategory.INCORRECT, false, null),
    TOO_MANY_REQUESTS(5008, ErrorCategory.LIMITED, true, "53400"),
    TOO_MANY_SUBSCRIPTIONS(5009, ErrorCategory.LIMITED, false, "53400"),
    SUBSCRIPTION_LAGGED(5010, ErrorCategory.UNAVAILABLE, true, null),
    RESULT_TOO_LARGE(5011, ErrorCategory.LIMITED, false, "54000"),
    REQUEST_CANCELLED(5012, ErrorCategory.UNAVAILABLE, true, "57014"),
    WRITE_IN_QUERY(5013, ErrorCategory.INCORRECT, false, "25006"),

    BUSY(6001, ErrorCategory.UNAVAILABLE, true, "53400"),
    SHUTTING_DOWN(6002, ErrorCategory.UNAVAILABLE, true, "57P01"),
    UNKNOWN_DATABASE(6003, ErrorCategory.NOT_FOUND, false, "3D000"),
    AUTHENTICATION_REQUIRED(6004, ErrorCategory.FORBIDDEN, false, "28000"),
    INVALID_TOKEN(6005, ErrorCategory.FORBIDDEN, false, "28000"),
    TOKEN_EXPIRED(6006, ErrorCategory.FORBIDDEN, false, "28000"),
    PERMISSION_DENIED(6007, ErrorCategory.FORBIDDEN, false, "42501"),
    INVALID_CONFIGURATION(6008, ErrorCategory.INCORRECT, false, "F0000"),
    UNSAFE_CONFIGURATION(6009, ErrorCategory.FORBIDDEN, false, "F0000"),
    CANNOT_LISTEN(6010, ErrorCategory.UNAVAILABLE, true, null),
    STATEMENT_TIMEOUT(6011, ErrorCategory.LIMITED, true, "57014"),
    TOO_MANY_CONNECTIONS(6012, ErrorCategory.LIMITED, true, "53300"),
    UNKNOWN_PATH(6013, ErrorCategory.NOT_FOUND, false, null),
    METHOD_NOT_ALLOWED(6014, ErrorCategory.INCORRECT, false, null),
    INVALID_REQUEST(6015, ErrorCategory.INCORRECT, false, "08P01"),
    ORIGIN_REFUSED(6016, ErrorCategory.FORBIDDEN, false, null),
    NO_MODULE(6101, ErrorCategory.NOT_FOUND, false, null),
    UNKNOWN_REDUCER(6102, ErrorCategory.NOT_FOUND, false, "42883"),
    INVALID_ARGUMENTS(6103, ErrorCategory.INCORRECT, false, "22023"),
    REDUCER_FAILED(6104, ErrorCategory.INCORRECT, false, "P0001"),
    REDUCER_CRASHED(6105, ErrorCategory.FAULT, false, "XX000"),
    MODULE_UNSUPPORTED(6106, ErrorCategory.UNSUPPORTED, false, "0A000"),
    MODULE_INCOMPATIBLE(6107, ErrorCategory.CONFLICT, false, "42P07"),
    MODULE_SCHEMA_CHANGED(6108, ErrorCategory.CONFLICT, false, "55000"),

    CLIENT_CLOSED(7001, ErrorCategory.UNAVAILABLE, false, "08003"),
    CONNECTION_FAILED(7002, ErrorCategory.UNAVAILABLE, true, "08001"),
    CONNECTION_LOST(7003, ErrorCategory.UNAVAILABLE, true, "08006"),
    OUTCOME_UNKNOWN(7004, ErrorCategory.UNAVAILABLE, false, "08007"),
    REQUEST_TIMEOUT(7005, ErrorCategory.UNAVAILABLE, true, "57014"),
    REQUEST_QUEUE_FULL(7006, ErrorCategory.LIMITED, true, "53000"),
    REQUEST_INTERRUPTED(7007, ErrorCategory.UNAVAILABLE, true, "57014"),
    NOT_A_MERAPI_SERVER(7008, ErrorCategory.UNSUPPORTED, false, "08004"),
    TOKEN_UNAVAILABLE(7009, ErrorCategory.UNAVAILABLE, true, "28000"),
    MESSAGE_TOO_LARGE(7010, ErrorCategory.LIMITED, false, "54000"),
    ROW_MAPPING(7011, ErrorCategory.INCORRECT, false, "42804"),
    MORE_THAN_ONE_ROW(7012, ErrorCategory.INCORRECT, false, "21000"),
    INVALID_TABLE_NAME(7013, ErrorCategory.INCORRECT, false, "42602"),
    INVALID_OPTION(7014, ErrorCategory.INCORRECT, false, "22023"),
    LIVE_CONSUMED_TWICE(7015, ErrorCategory.INCORRECT, false, null),
    LIVE_CONSUMER_TOO_SLOW(7016, ErrorCategory.LIMITED, true, "53000"),
    LIVE_ROWS_DIVERGED(7017, ErrorCategory.FAULT, true, null),
    LISTENER_FAILED(7018, ErrorCategory.FAULT, false, null),

    CLI_USAGE(8001, ErrorCategory.INCORRECT, false, null),
    CLI_INPUT(8002, ErrorCategory.INCORRECT, false, null),
    CLI_DEMO_DIFFERS(8003, ErrorCategory.FAULT, false, null),

    INTERNAL(9001, ErrorCategory.FAULT, false, "XX000");

    private final int number;
    private final ErrorCategory category;
    private final boolean retryable;
    private final @Nullable String sqlState;

    ErrorCode(int number, ErrorCategory category, boolean retryable, @Nullable String sqlState) {
        this.number = number;
        this.category = category;
        this.retryable = retryable;
        this.sqlState = sqlState;
    }

    /** The number that goes over the wire, 1000 to 9999. */
    public int number() {
        return number;
    }

    public ErrorCategory category() {
        return category;
    }

    /** Whether sending the same request again later may succeed without anybody changing anything. */
    public boolean isRetryable() {
        return retryable;
    }

    /** PostgreSQL's five-character SQLSTATE for the same condition, or null where it has none. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    /** Finds the code with a wire number; unknown numbers (from a newer peer) become {@link #INTERNAL}. */
    public static ErrorCode ofNumber(int number) {
        for (ErrorCode code : values()) {
            if (code.number == number) {
                return code;
            }
        }
        return INTERNAL;
    }
}
