-- use types
-- case concatenation
SELECT 'a' || 'b', 'a' || 1, 1 || 'a', 'x' || 1.50 || true, 'a' || NULL;
-- case concatenation of two numbers is refused
SELECT 1 || 2;
-- case concat skips nulls
SELECT concat('a', NULL, 1, true, 2.50), concat_ws(',', 'a', NULL, 'b', 3), concat_ws(NULL, 'a', 'b');
-- case upper lower initcap
SELECT upper('abc ü ß'), lower('ABC Ü'), initcap('hello wORLD foo-bar x1y');
-- case length variants
SELECT length('häuser'), char_length('häuser'), octet_length('häuser'), bit_length('abc'), character_length('');
-- case substring from for
SELECT substring('abcdef' FROM 2 FOR 3), substring('abcdef' FROM 4), substring('abcdef' FOR 2), substring('abcdef', 2, 3), substr('abcdef', 3), substr('abcdef', 2, 2);
-- case substring outside
SELECT substring('abc' FROM 0 FOR 2), substring('abc' FROM -1 FOR 3), substring('abc' FROM 10), substring('abc' FROM 2 FOR 0);
-- case substring negative length
SELECT substring('abc' FROM 2 FOR -1);
-- case substring with regex
SELECT substring('foobar' FROM 'o.b'), substring('foobar' FROM 'o(.)b'), substring('foobar' FROM 'x');
-- case substring similar
SELECT substring('abcdefg' SIMILAR 'a#"(b_d)#"%' ESCAPE '#');
-- case left and right
SELECT left('abcdef', 2), left('abcdef', -2), right('abcdef', 2), right('abcdef', -2), left('abc', 10), left('abc', 0);
-- case trim forms
SELECT trim('  a  '), trim(LEADING 'x' FROM 'xxaxx'), trim(TRAILING 'x' FROM 'xxaxx'), trim(BOTH 'xy' FROM 'xyaxy'), trim('x' FROM 'xax'), btrim('xxaxx', 'x'), ltrim('  a'), rtrim('a  '), ltrim('zzyab', 'xyz');
-- case lpad and rpad
SELECT lpad('hi', 5), lpad('hi', 5, 'xy'), rpad('hi', 5, 'xy'), lpad('hello', 3), rpad('hello', 2), lpad('a', 0), lpad('hi', 5, '');
-- case position and strpos
SELECT position('lo' IN 'hello'), strpos('hello', 'l'), strpos('hello', 'z'), position('' IN 'abc');
-- case replace and translate
SELECT replace('banana', 'an', 'AN'), replace('abc', '', 'x'), translate('12345', '143', 'ax'), translate('abc', 'abc', '');
-- case reverse and repeat
SELECT reverse('häb'), repeat('ab', 3), repeat('ab', 0), repeat('ab', -1);
-- case split_part
SELECT split_part('a,b,c', ',', 2), split_part('a,b,c', ',', 5), split_part('a,b,c', ',', -1), split_part('abc', ',', 1);
-- case split_part zero
SELECT split_part('a,b', ',', 0);
-- case string_to_array and array_to_string
SELECT string_to_array('a,b,,c', ','), string_to_array('a,b,c', ',', 'b'), string_to_array('abc', NULL), string_to_array('', ','), array_to_string(ARRAY['a', NULL, 'b'], '-'), array_to_string(ARRAY['a', NULL, 'b'], '-', '?');
-- case string_to_table
SELECT * FROM string_to_table('a-b-c', '-') AS t (part);
-- case ascii and chr
SELECT ascii('A'), ascii('ü'), chr(65), chr(252), ascii('');
-- case chr of zero
SELECT chr(0);
-- case starts_with
SELECT starts_with('hello', 'he'), starts_with('hello', 'lo'), 'hello' ^@ 'he';
-- case overlay
SELECT overlay('abcdef' PLACING 'XX' FROM 3), overlay('abcdef' PLACING 'XX' FROM 3 FOR 1), overlay('abcdef' PLACING '' FROM 2 FOR 3);
-- case format
SELECT format('Hello %s, %s', 'x', 1), format('%I = %L', 'Col', 'it''s'), format('%2$s %1$s', 'a', 'b'), format('%%'), format('%5s|%-5s|', 'a', 'b'), format('%L', NULL), format('%s', NULL);
-- case quote functions
SELECT quote_ident('abc'), quote_ident('Abc d'), quote_literal('it''s'), quote_literal(42), quote_nullable(NULL);
-- case md5 and hashes
SELECT md5('abc'), encode(sha256('abc'), 'hex'), md5('');
-- case encode and decode
SELECT encode('\x001122ff', 'hex'), encode('hello', 'base64'), decode('aGVsbG8=', 'base64'), decode('00ff', 'hex'), encode('a\\b'::bytea, 'escape');
-- case decode of bad hex
SELECT decode('0g', 'hex');
-- case bytea literals and functions
SELECT '\xDEADbeef'::bytea, length('\x0011'::bytea), '\x00'::bytea || '\x11'::bytea, get_byte('\x0aff'::bytea, 1), substring('\x00112233'::bytea FROM 2 FOR 2), 'ab\\c\001'::bytea;
-- case bytea comparison | ordered
SELECT id, y FROM things ORDER BY y, id;
-- case bytea bad hex
SELECT '\xabc'::bytea;
-- case convert_to and from
SELECT convert_to('ü', 'UTF8'), convert_from('\xc3bc'::bytea, 'UTF8');
-- case like percent and underscore
SELECT 'hello' LIKE 'h%', 'hello' LIKE '%ll%', 'hello' LIKE 'h_llo', 'hello' LIKE 'h_', 'hello' LIKE '', '' LIKE '%', 'hello' NOT LIKE 'x%';
-- case like is anchored and case sensitive
SELECT 'hello' LIKE 'ell', 'Hello' LIKE 'hello', 'Hello' ILIKE 'hello', 'HÜ' ILIKE 'hü', 'a' NOT ILIKE 'A';
-- case like escape
SELECT '50%' LIKE '50\%', '50x' LIKE '50\%', 'a_b' LIKE 'a!_b' ESCAPE '!', 'a\b' LIKE 'a\b' ESCAPE '', 'a\b' LIKE 'a\\b';
-- case like with newline
SELECT E'a\nb' LIKE 'a%b', E'a\nb' LIKE 'a_b';
-- case like ends with escape
SELECT 'abc' LIKE 'abc\';
-- case like special regex characters
SELECT 'a.b' LIKE 'a.b', 'axb' LIKE 'a.b', '(x)' LIKE '(%)', '[a]' LIKE '[_]', '^$' LIKE '^$', 'a+b' LIKE 'a+b';
-- case like null
SELECT NULL LIKE 'a', 'a' LIKE NULL;
-- case like operators
SELECT 'abc' ~~ 'a%', 'abc' !~~ 'a%', 'ABC' ~~* 'a%', 'ABC' !~~* 'a%';
-- case similar to
SELECT 'abc' SIMILAR TO 'abc', 'abc' SIMILAR TO 'a', 'abc' SIMILAR TO '%(b|d)%', 'abc' SIMILAR TO '(b|c)%', 'aaa' SIMILAR TO 'a{3}', 'abc' NOT SIMILAR TO 'x%', 'a1' SIMILAR TO '[a-z][0-9]';
-- case regex match
SELECT 'hello' ~ 'l+', 'hello' ~ '^l', 'Hello' ~ 'hello', 'Hello' ~* 'hello', 'hello' !~ 'x', 'Hello' !~* 'HELLO';
-- case regex classes
SELECT 'a1_' ~ '^\w+$', 'ab' ~ '^[[:alpha:]]+$', '12' ~ '^\d{2}$', 'a b' ~ 'a\sb', 'foo' ~ '\mfoo\M', 'abc' ~ 'a(?=b)', 'tel: 123' ~ '[^0-9]123';
-- case regex alternation and groups
SELECT 'cat' ~ '^(cat|dog)$', 'abab' ~ '^(ab)\1$', 'a' ~ 'a|', 'xyz' ~ 'x.z';
-- case regex invalid
SELECT 'a' ~ '(';
-- case regex invalid repetition
SELECT 'a' ~ '*';
-- case regexp_replace
SELECT regexp_replace('foobarbaz', 'b..', 'X'), regexp_replace('foobarbaz', 'b..', 'X', 'g'), regexp_replace('foobarbaz', 'b(..)', '[\1]', 'g'), regexp_replace('Foo', 'f', 'x', 'i'), regexp_replace('abc', 'b', '<\&>'), regexp_replace('foobarbaz', 'b..', 'X', 1, 2);
-- case regexp_matches
SELECT regexp_matches('foobarbaz', '(b..)(b..)'), regexp_match('foobarbaz', 'b(.)'), regexp_match('abc', 'x');
-- case regexp_matches global
SELECT regexp_matches('a1b2c3', '[a-z](\d)', 'g');
-- case regexp_split
SELECT regexp_split_to_array('a1b22c', '\d+'), regexp_split_to_array('hello', '');
-- case regexp_split_to_table
SELECT * FROM regexp_split_to_table('one  two three', '\s+') AS word;
-- case regexp_count instr substr like
SELECT regexp_count('abcabc', 'b'), regexp_instr('abcabc', 'c'), regexp_substr('abcabc', 'b.'), regexp_like('abc', 'B', 'i');
-- case text comparison by code point
SELECT 'a' < 'b', 'B' < 'a', 'a' < 'aa', 'Z' < 'é', '' < 'a', 'a' = 'a ';
-- case order by text by code point | ordered
SELECT x FROM (VALUES ('b'), ('A'), ('a'), ('B'), ('ä'), ('_'), ('1'), ('')) v (x) ORDER BY x;
-- case varchar cast truncates
SELECT 'abcdef'::varchar(3), 'ab'::varchar(3), 'abc'::varchar(3) || 'd', length('abcdef'::varchar(4));
-- case varchar is text in expressions
SELECT v || '!', pg_typeof(v || '!')::text, pg_typeof(v)::text, upper(v) FROM things WHERE id = 1;
-- case char type pads
SELECT 'ab'::char(4), length('ab'::char(4)), 'ab'::char(4) = 'ab', 'ab'::char(4) || 'x';
-- case empty string is not null
SELECT '' IS NULL, length(''), '' = '';
-- case coalesce and nullif on text
SELECT coalesce(NULL, 'b'), nullif('a', 'a'), nullif('a', 'b'), coalesce(NULL, NULL);
-- case greatest and least of text
SELECT greatest('a', 'b', 'B'), least('a', NULL, 'B');
-- case cast anything to text
SELECT id::text, b::text, n2::text, f8::text, d::text, tm::text, ts::text, tz::text, u::text, j::text, iv::text, ia::text, ta::text, y::text FROM things;
-- case text functions on null
SELECT upper(NULL), length(NULL), NULL || 'a', replace('a', NULL, 'b'), substring(NULL FROM 1);
-- case text to boolean
SELECT 'true'::boolean, 'F'::boolean, ' on '::boolean, 'no'::boolean;
-- case text to boolean invalid
SELECT 'maybe'::boolean;
-- case uuid text forms
SELECT 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid, '{a0eebc999c0b4ef8bb6d6bb9bd380a11}'::uuid;
-- case uuid invalid
SELECT 'xyz'::uuid;
-- case uuid comparison | ordered
SELECT id, u FROM things ORDER BY u, id;
-- case generated uuids differ
SELECT gen_random_uuid() <> gen_random_uuid(), length(gen_random_uuid()::text);
-- case unicode functions
SELECT upper('straße'), lower('ÀÉ'), reverse('añb'), left('日本語', 2), lpad('é', 3, '日'), position('本' IN '日本');
-- case normalize
SELECT normalize(E'a\u0308', NFC) = 'ä', length(normalize('ä', NFD));
-- case to_ascii is not needed but unistr is
SELECT unistr('\0061\+000062'), U&'\0061\0062';
-- case types table text columns
SELECT id, t, v, y FROM things;
-- case length of types table text
SELECT id, length(t), octet_length(t), upper(t) FROM things;
-- case string_agg of characters
SELECT string_agg(c, '-') FROM regexp_split_to_table('abc', '') AS c;
-- case collation clause C
SELECT 'a' COLLATE "C" < 'B' COLLATE "C";
-- case text concatenation operator with arrays
SELECT ARRAY['a'] || 'b'::text, 'x'::text || ARRAY['y'];
-- case btrim bytes
SELECT trim('\x00'::bytea FROM '\x00112200'::bytea);
-- case strpos unicode
SELECT strpos('aéb', 'b'), substring('aéb' FROM 2 FOR 1), overlay('aéb' PLACING 'X' FROM 2);
