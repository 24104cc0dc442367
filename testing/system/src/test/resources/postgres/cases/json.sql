-- use types
-- case jsonb canonical text
SELECT '{"b":1,"a":[1,2.50,{"x":null}],"b":2}'::jsonb, ' [ 1 , "a" ] '::jsonb, '"x\u0041\n"'::jsonb, 'true'::jsonb, '1e3'::jsonb, '-0'::jsonb, '1.10'::jsonb, '{}'::jsonb;
-- case jsonb key order is by length then bytes
SELECT '{"bb":1,"a":2,"ccc":3,"ab":4,"B":5}'::jsonb;
-- case jsonb invalid
SELECT '{a:1}'::jsonb;
-- case jsonb invalid trailing
SELECT '{"a":1} x'::jsonb;
-- case jsonb invalid empty
SELECT ''::jsonb;
-- case jsonb single quotes are invalid
SELECT '[''a'']'::jsonb;
-- case json arrow field
SELECT j -> 'a', j -> 'b', j -> 'missing', j -> 'c' FROM things WHERE id = 1;
-- case json arrow text
SELECT j ->> 'a', j ->> 'b', j ->> 'c', j ->> 'missing' FROM things WHERE id = 1;
-- case json arrow index
SELECT j -> 'b' -> 0, j -> 'b' -> -1, j -> 'b' -> 9, j -> 'b' ->> 2, j -> 'b' ->> 1 FROM things WHERE id = 1;
-- case json arrow on wrong kind is null
SELECT '[1,2]'::jsonb -> 'a', '{"a":1}'::jsonb -> 0, '5'::jsonb -> 'a', '"x"'::jsonb ->> 0;
-- case json path operators
SELECT j #> '{c,d}', j #>> '{c,d}', j #> '{b,2}', j #>> '{b,1}', j #> '{}', j #> '{x,y}' FROM things WHERE id = 1;
-- case json null text is sql null
SELECT '{"a":null}'::jsonb -> 'a', '{"a":null}'::jsonb ->> 'a', ('{"a":null}'::jsonb ->> 'a') IS NULL, ('{"a":null}'::jsonb -> 'a') IS NULL;
-- case jsonb contains
SELECT '{"a":1,"b":2}'::jsonb @> '{"a":1}', '[1,2,3]'::jsonb @> '[3,1]', '[1,2]'::jsonb @> '1', '{"a":{"b":1,"c":2}}'::jsonb @> '{"a":{"b":1}}', '{"a":1}'::jsonb @> '{"a":2}', '{"a":1}'::jsonb <@ '{"a":1,"b":2}', '[1,[2,3]]'::jsonb @> '[[3]]', '[1.0]'::jsonb @> '[1]';
-- case jsonb key exists
SELECT '{"a":1}'::jsonb ? 'a', '["a","b"]'::jsonb ? 'b', '{"a":1}'::jsonb ?| ARRAY['x','a'], '{"a":1}'::jsonb ?& ARRAY['x','a'], '"a"'::jsonb ? 'a';
-- case jsonb concatenation
SELECT '{"a":1,"b":2}'::jsonb || '{"b":3,"c":4}', '[1]'::jsonb || '[2,3]', '[1]'::jsonb || '5', '1'::jsonb || '2', '{"a":1}'::jsonb || '[2]';
-- case jsonb delete key
SELECT '{"a":1,"b":2}'::jsonb - 'a', '["a","b","a"]'::jsonb - 'a', '[1,2,3]'::jsonb - 1, '[1,2,3]'::jsonb - -1, '{"a":1,"b":2,"c":3}'::jsonb - ARRAY['a','c'], '{"a":{"b":1,"c":2}}'::jsonb #- '{a,b}';
-- case jsonb delete from scalar
SELECT '1'::jsonb - 'a';
-- case jsonb equality and order
SELECT '{"a":1,"b":2}'::jsonb = '{"b":2,"a":1}', '[1]'::jsonb < '[1,2]', '1'::jsonb < '"a"', '1.0'::jsonb = '1', 'null'::jsonb < 'true', '{"a":1}'::jsonb > '[1]';
-- case order by jsonb | ordered
SELECT v FROM (VALUES ('1'::jsonb), ('"a"'), ('null'), ('true'), ('false'), ('[1]'), ('{}'), ('{"a":1}'), ('[]'), ('2')) x (v) ORDER BY v;
-- case jsonb typeof
SELECT jsonb_typeof('1'), jsonb_typeof('"x"'), jsonb_typeof('null'), jsonb_typeof('true'), jsonb_typeof('[]'), jsonb_typeof('{}'), json_typeof('1');
-- case jsonb casts to sql types
SELECT '5'::jsonb::int, '1.5'::jsonb::numeric, 'true'::jsonb::boolean, '2.5'::jsonb::float8, '"x"'::jsonb::text, ('{"n": "7"}'::jsonb ->> 'n')::int;
-- case jsonb cast of wrong kind
SELECT '"5"'::jsonb::int;
-- case jsonb null cast to int
SELECT 'null'::jsonb::int;
-- case to_jsonb
SELECT to_jsonb(1), to_jsonb('a'::text), to_jsonb(true), to_jsonb(1.50), to_jsonb(NULL::int), to_jsonb(ARRAY[1,2]), to_jsonb(date '2024-01-01'), to_jsonb(timestamp '2024-01-01 10:00'), to_jsonb('{"a":1}'::jsonb), to_jsonb(timestamptz '2024-01-01 10:00+00'), to_jsonb(1e100::float8);
-- case jsonb_build_object and array
SELECT jsonb_build_object('a', 1, 'b', NULL, 'c', 'x', 'd', true), jsonb_build_array(1, 'a', NULL, 2.5, ARRAY[1]), jsonb_build_object(), jsonb_build_array();
-- case jsonb_build_object odd arguments
SELECT jsonb_build_object('a');
-- case jsonb_build_object null key
SELECT jsonb_build_object(NULL, 1);
-- case jsonb_object of arrays
SELECT jsonb_object('{a,1,b,2}'), jsonb_object('{a,b}', '{1,2}');
-- case row to json
SELECT to_jsonb(x) FROM (SELECT id, b, t FROM things WHERE id = 1) x;
-- case jsonb_set
SELECT jsonb_set('{"a":1}', '{a}', '2'), jsonb_set('{"a":1}', '{b}', '2'), jsonb_set('{"a":1}', '{b}', '2', false), jsonb_set('{"a":[1,2]}', '{a,1}', '9'), jsonb_set('{"a":{"b":1}}', '{a,b}', '"x"'), jsonb_set('[1,2]', '{-1}', '7');
-- case jsonb_insert
SELECT jsonb_insert('{"a":[0,1]}', '{a,1}', '"new"'), jsonb_insert('{"a":[0,1]}', '{a,1}', '"new"', true);
-- case jsonb_array_length
SELECT jsonb_array_length('[1,2,[3]]'), jsonb_array_length('[]');
-- case jsonb_array_length of object
SELECT jsonb_array_length('{}');
-- case jsonb_array_elements
SELECT * FROM jsonb_array_elements('[1,"a",null,{"b":2}]');
-- case jsonb_array_elements_text
SELECT value FROM jsonb_array_elements_text('["a","b",null,1]');
-- case jsonb_array_elements with ordinality
SELECT * FROM jsonb_array_elements('["x","y"]') WITH ORDINALITY AS t (v, n);
-- case jsonb_each
SELECT * FROM jsonb_each('{"a":1,"b":[2]}');
-- case jsonb_each_text
SELECT key, value FROM jsonb_each_text('{"a":1,"b":"x","c":null}');
-- case jsonb_object_keys
SELECT * FROM jsonb_object_keys('{"b":1,"a":2}') AS k;
-- case lateral over json
SELECT t.id, e.key FROM things t, jsonb_each(t.j) AS e WHERE jsonb_typeof(t.j) = 'object';
-- case jsonb_extract_path
SELECT jsonb_extract_path('{"a":{"b":1}}', 'a', 'b'), jsonb_extract_path_text('{"a":{"b":"x"}}', 'a', 'b');
-- case jsonb_strip_nulls
SELECT jsonb_strip_nulls('{"a":1,"b":null,"c":{"d":null},"e":[null]}');
-- case jsonb_pretty
SELECT jsonb_pretty('{"a":[1,2],"b":{}}');
-- case json in where
SELECT id FROM things WHERE j ->> 'a' = '1';
-- case json contains in where
SELECT id FROM things WHERE j @> '{"a":1}';
-- case json number comparison
SELECT id FROM things WHERE (j ->> 'a')::int < 5;
-- case json group by field
SELECT j ->> 'a' AS a, count(*) FROM things GROUP BY j ->> 'a';
-- case types table json
SELECT id, j FROM things;
-- case json subscript
SELECT (j)['a'], (j)['b'][2], j['c']['d'] FROM things WHERE id = 1;
-- case json string escapes
SELECT '"a\"b\\c\/d\te"'::jsonb, ('"a\"b\\c"'::jsonb) #>> '{}', to_jsonb(E'line\nquote"'::text);
-- case json unicode
SELECT '"\u00e9\ud83d\ude00"'::jsonb, '"é😀"'::jsonb = '"\u00e9\ud83d\ude00"'::jsonb;
-- case json null byte is refused
SELECT '"\u0000"'::jsonb;
-- case json big numbers
SELECT '12345678901234567890.123'::jsonb, '1e20'::jsonb, '0.00001'::jsonb, '1E-5'::jsonb;
-- case json deep path with arrays
SELECT '{"a":[{"b":[10,20]},{"b":[30]}]}'::jsonb #>> '{a,0,b,1}', '{"a":[{"b":[10,20]},{"b":[30]}]}'::jsonb -> 'a' -> 1 -> 'b' ->> 0;
-- case jsonb_path_query
SELECT * FROM jsonb_path_query('{"a":[1,2,3]}', '$.a[*] ? (@ > 1)');
-- case jsonb_path_exists
SELECT jsonb_path_exists('{"a":5}', '$.a ? (@ > 3)'), '{"a":5}'::jsonb @? '$.a', '{"a":5}'::jsonb @@ '$.a > 3', jsonb_path_query_first('[1,2]', '$[1]');
-- case jsonb_agg over rows
SELECT jsonb_agg(t ORDER BY id) FROM things;
-- case jsonb_to_record
SELECT * FROM jsonb_to_record('{"a":1,"b":"x"}') AS r (a int, b text);
-- case jsonb_populate from recordset
SELECT * FROM jsonb_to_recordset('[{"a":1,"b":"x"},{"a":2}]') AS r (a int, b text);
-- case json type keeps text
SELECT '{"b":1, "a":2}'::json ->> 'b';
-- case arrow precedence with comparison
SELECT '{"a":1}'::jsonb -> 'a' = '1', '{"a":"x"}'::jsonb ->> 'a' || 'y';
-- case is json
SELECT '{}' IS JSON, 'x' IS JSON, '[1]' IS JSON ARRAY, '1' IS NOT JSON;
-- case jsonb distinct
SELECT count(DISTINCT v) FROM (VALUES ('1'::jsonb), ('1.0'), ('{"a":1}'), ('{ "a" : 1 }')) x (v);
