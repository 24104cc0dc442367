package dev.merapi.testing.system.docs;

import dev.merapi.query.expr.Declaration;
import dev.merapi.query.expr.Functions;
import dev.merapi.query.expr.Functions.Kind;
import dev.merapi.query.expr.function.StandardFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The functions of the registry in the groups in which the SQL reference shows them. */
final class FunctionList {
    private static final int LINE_LENGTH = 116;

    private static final Functions FUNCTIONS = StandardFunctions.functions();

    /** Titles and names; each function stands in one group of its kind. */
    private static final Map<Kind, String> GROUPS =
            Map.of(Kind.SCALAR, """
                Numbers: abs cbrt ceil ceiling degrees div exp factorial floor gcd lcm ln log log10 min_scale mod pi \
                pow power radians random random_normal round scale sign sqrt trim_scale trunc width_bucket
                Angles: acos acosd acosh asin asind asinh atan atan2 atan2d atand atanh cos cosd cosh cot cotd sin \
                sind sinh tan tand tanh
                Text: ascii bit_length btrim casefold char_length character_length chr concat concat_ws format initcap \
                left length lower lpad ltrim md5 normalize octet_length overlay position quote_ident quote_literal \
                quote_nullable repeat replace reverse right rpad rtrim split_part starts_with string_to_array strpos \
                substr substring to_bin to_hex to_oct translate unistr upper
                Patterns: regexp_count regexp_instr regexp_like regexp_match regexp_replace regexp_split_to_array \
                regexp_substr
                Bytes: bit_count convert_from convert_to crc32 crc32c decode encode get_bit get_byte set_byte sha224 \
                sha256 sha384 sha512
                Dates and times: age clock_timestamp current_date current_time current_timestamp date_bin date_part \
                date_trunc extract isfinite justify_days justify_hours justify_interval localtime localtimestamp \
                make_date make_interval make_time make_timestamp make_timestamptz now overlaps statement_timestamp \
                timezone transaction_timestamp
                Formats: to_char to_date to_number to_timestamp
                JSON: array_to_json json_array_length json_build_array json_build_object json_extract_path \
                json_extract_path_text json_object json_strip_nulls json_typeof jsonb_array_length jsonb_build_array \
                jsonb_build_object jsonb_extract_path jsonb_extract_path_text jsonb_insert jsonb_object \
                jsonb_path_exists jsonb_path_match jsonb_path_query_array jsonb_path_query_first jsonb_pretty \
                jsonb_set jsonb_set_lax jsonb_strip_nulls jsonb_typeof to_json to_jsonb
                Arrays: array_append array_cat array_dims array_fill array_length array_lower array_ndims \
                array_position array_positions array_prepend array_remove array_replace array_reverse array_sort \
                array_to_string array_upper cardinality trim_array
                UUIDs: gen_random_uuid uuid_extract_version uuidv4 uuidv7
                Any values: greatest least num_nonnulls num_nulls pg_typeof variant
                Session and server: auth.jwt auth.role auth.uid current_catalog current_database current_role \
                current_schema current_schemas current_setting current_user merapi_claim merapi_offset \
                pg_size_pretty session_user user version
                Behind operators, subscripts and defaults: array_constructor array_slice array_subscript ilike \
                jsonb_contained jsonb_contains jsonb_exists like merapi_is_json merapi_round_time next_sequence \
                notlike similar_to
                Refused, for there are no sequences apart from columns: currval nextval
                """, Kind.AGGREGATE, """
                Plain: any_value array_agg avg bit_and bit_or bit_xor bool_and bool_or count every max min string_agg \
                sum
                JSON: json_agg json_agg_strict json_object_agg json_object_agg_strict json_object_agg_unique jsonb_agg \
                jsonb_agg_strict jsonb_object_agg jsonb_object_agg_strict jsonb_object_agg_unique
                Statistics: corr covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope \
                regr_sxx regr_sxy regr_syy stddev stddev_pop stddev_samp var_pop var_samp variance
                With WITHIN GROUP (ORDER BY …): mode percentile_cont percentile_disc
                Behind rank and its kin with WITHIN GROUP: merapi_cume_dist merapi_dense_rank merapi_percent_rank \
                merapi_rank
                """, Kind.WINDOW, """
                Place: cume_dist dense_rank ntile percent_rank rank row_number
                Other rows: first_value lag last_value lead nth_value
                """, Kind.TABLE, """
                Series and arrays: generate_series generate_subscripts unnest
                Text: regexp_matches regexp_split_to_table string_to_table
                JSON: json_array_elements json_array_elements_text json_each json_each_text json_object_keys \
                jsonb_array_elements jsonb_array_elements_text jsonb_each jsonb_each_text jsonb_object_keys \
                jsonb_path_query
                """);

    private FunctionList() {}

    /** What is in the registry and in no group, or in a group and not in the registry; empty when all is well. */
    static List<String> misplaced(Kind kind) {
        List<String> listed = new ArrayList<>();
        groups(kind).values().forEach(listed::addAll);
        List<String> misplaced = new ArrayList<>();
        TreeSet<String> all = new TreeSet<>(FUNCTIONS.declarations(kind).keySet());
        all.addAll(listed);
        for (String name : all) {
            long places = listed.stream().filter(name::equals).count();
            long wanted = FUNCTIONS.declarations(kind).containsKey(name) ? 1 : 0;
            if (places != wanted) {
                misplaced.add(name + " stands in " + places + " groups of " + kind);
            }
        }
        return misplaced;
    }

    /** The symbols of all operators but the comparisons. */
    static Set<String> operators() {
        return new TreeSet<>(FUNCTIONS.declarations(Kind.OPERATOR).keySet());
    }

    /** A paragraph per group. */
    static String page(Kind kind) {
        SortedMap<String, List<Declaration<?>>> declarations = FUNCTIONS.declarations(kind);
        StringBuilder page = new StringBuilder();
        groups(kind).forEach((title, names) -> {
            List<String> calls = new ArrayList<>();
            for (String name : names) {
                Signature.of(declarations.getOrDefault(name, List.of()))
                        .forEach(signature -> calls.add("`" + signature.render(name) + "`"));
            }
            page.append("**").append(title).append(".**\n").append(lines(calls)).append('\n');
        });
        return page.toString();
    }

    private static Map<String, List<String>> groups(Kind kind) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        GROUPS.getOrDefault(kind, "").lines().forEach(line -> {
            int colon = line.indexOf(": ");
            groups.put(
                    line.substring(0, colon),
                    Arrays.stream(line.substring(colon + 2).split(" ")).sorted().toList());
        });
        return groups;
    }

    private static String lines(List<String> calls) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (int i = 0; i < calls.size(); i++) {
            String item = calls.get(i) + (i + 1 < calls.size() ? "," : "\n");
            boolean fits = length + 1 + item.length() <= LINE_LENGTH;
            lines.append(i == 0 ? "" : fits ? " " : "\n").append(item);
            length = i == 0 || !fits ? item.length() : length + 1 + item.length();
        }
        return lines.toString();
    }
}
