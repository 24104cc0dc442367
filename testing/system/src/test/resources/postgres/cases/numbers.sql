-- use types
-- case integer division truncates
SELECT 7 / 2, -7 / 2, 7 / -2, 7 % 3, -7 % 3, 7 % -3;
-- case integer division by zero
SELECT 1 / 0;
-- case integer modulo by zero
SELECT 1 % 0;
-- case numeric division by zero
SELECT 1.0 / 0;
-- case float division by zero
SELECT 1.0::float8 / 0;
-- case integer overflow on addition
SELECT 2147483647 + 1;
-- case integer overflow on multiplication
SELECT 65536 * 65536;
-- case integer overflow on subtraction
SELECT i4 - 1 FROM things WHERE id = 2;
-- case integer overflow on negation
SELECT -i4 FROM things WHERE id = 2;
-- case bigint overflow
SELECT 9223372036854775807 + 1::bigint;
-- case bigint multiplication overflow
SELECT i8 * 2 FROM things WHERE id = 3;
-- case smallint overflow
SELECT i2 + 1::smallint FROM things WHERE id = 3;
-- case smallint arithmetic type
SELECT i2 + i2 FROM things WHERE id = 1;
-- case minimum divided by minus one
SELECT i4 / -1 FROM things WHERE id = 2;
-- case modulo minus one of minimum
SELECT i4 % -1, i8 % -1 FROM things WHERE id = 2;
-- case abs overflow
SELECT abs(i4) FROM things WHERE id = 2;
-- case mixed integer types
SELECT i2 + i4, i4 + i8, i2 * i8 FROM things WHERE id = 1;
-- case integer and numeric
SELECT i4 + n, i4 * 1.5, i8 / 3.0 FROM things WHERE id = 1;
-- case integer and float
SELECT i4 + f8, i4 * f4, f4 + f8 FROM things WHERE id = 1;
-- case numeric addition keeps the larger scale
SELECT 1.10 + 2.205, 1.1 - 1.1, 5.00 * 2.0, 1.5 * 1.50;
-- case numeric division scale
SELECT 1.0 / 3, 2.0 / 3, 10.0 / 4, 1 / 3.0, 100 / 7.00;
-- case numeric division of large and small
SELECT 1e20 / 3, 1e-20 / 3, 123456789.123456789 / 1e5;
-- case numeric division exact
SELECT 6.0 / 2, 6.00 / 2.000, 1.0 / 8, 0.0 / 5;
-- case numeric modulo
SELECT 5.5 % 2, -5.5 % 2, 5.5 % -2, 10.25 % 3.1;
-- case numeric power and roots
SELECT 2.0 ^ 10, 2 ^ 10, 2::float8 ^ 0.5, power(2.0, 0.5), sqrt(2.0), sqrt(4), cbrt(27);
-- case power of integers is float
SELECT power(2, 3), pg_typeof(power(2, 3))::text, pg_typeof(power(2.0, 3))::text;
-- case exponentials and logarithms of numeric
SELECT exp(1.0), ln(2.0), log(100.0), log(2.0, 64.0), log10(1000.0);
-- case exponentials and logarithms of float
SELECT exp(1::float8), ln(2::float8), log(100::float8);
-- case logarithm of zero
SELECT ln(0.0);
-- case logarithm of negative
SELECT ln(-1.0);
-- case square root of negative
SELECT sqrt(-1.0);
-- case square root of negative float
SELECT sqrt(-1::float8);
-- case zero to negative power
SELECT 0.0 ^ -1;
-- case negative to fractional power
SELECT (-8.0) ^ 0.5;
-- case round half away from zero for numeric
SELECT round(2.5), round(-2.5), round(3.5), round(0.5), round(1.4999);
-- case round half to even for float
SELECT round(2.5::float8), round(-2.5::float8), round(3.5::float8), round(0.5::float8);
-- case round with places
SELECT round(1.2345, 2), round(1.235, 2), round(-1.235, 2), round(1234.5, -2), round(1.5, 3);
-- case trunc with places
SELECT trunc(1.999, 2), trunc(-1.999, 1), trunc(1234.5, -2), trunc(-1.9), trunc(1.9::float8);
-- case ceil and floor
SELECT ceil(1.2), floor(1.8), ceil(-1.2), floor(-1.2), ceiling(1.0), ceil(1.2::float8), floor(-0.5::float8);
-- case sign abs and negation
SELECT sign(-3.2), sign(0), sign(5), abs(-5), abs(-5.5), abs(-5.5::float8), @ -4;
-- case gcd and lcm
SELECT gcd(12, 18), lcm(4, 6), gcd(0, 5), gcd(-12, 18);
-- case div and mod
SELECT div(7, 2), div(-7, 2), mod(7, 3), mod(-7, 3), mod(7.5, 2), div(7.5, 2);
-- case factorial
SELECT factorial(5), factorial(20), factorial(25);
-- case trigonometry
SELECT round(sin(1)::numeric, 10), round(cos(1)::numeric, 10), round(tan(1)::numeric, 10), round(atan2(1, 2)::numeric, 10), round(asin(0.5)::numeric, 10), degrees(pi()), round(radians(180)::numeric, 10);
-- case pi
SELECT pi();
-- case width_bucket
SELECT width_bucket(5.35, 0.024, 10.06, 5), width_bucket(-1, 0, 10, 5), width_bucket(11, 0, 10, 5);
-- case bit operators
SELECT 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, 256 >> 2, -8 >> 1;
-- case bit operators on bigint
SELECT 5::bigint & 3, 1::bigint << 40, ~0::bigint;
-- case operator precedence
SELECT 2 + 3 * 4, (2 + 3) * 4, 2 ^ 3 ^ 2, -2 ^ 2, 10 - 3 - 2, 100 / 10 / 2, 7 - 2 % 3;
-- case comparison chain with precedence
SELECT 1 + 1 = 2, NOT 1 = 2, 1 < 2 AND 2 < 3 OR false;
-- case not equal spellings
SELECT 1 <> 2, 1 != 2, 1 != 1;
-- case comparisons across number types
SELECT 1 = 1.0, 1 = 1.0::float8, 1.5 > 1, 2147483648 > 2147483647, 0.1::float8 + 0.2::float8 = 0.3::float8, 0.1 + 0.2 = 0.3;
-- case comparison of large bigint and numeric
SELECT 9223372036854775807 = 9223372036854775807.0, 9223372036854775807 < 9223372036854775807.5;
-- case comparison of bigint and float is by float
SELECT 9007199254740993 = 9007199254740992::float8;
-- case float text form
SELECT 1.0::float8, 0.1::float8, 1e15::float8, 1e16::float8, 1e-5::float8, 123456.789::float8, 100000000000000000000::float8, 1e300::float8, 1.7976931348623157e308::float8, 5e-324::float8;
-- case real text form
SELECT 1.0::real, 0.1::real, 1e6::real, 1e7::real, 123456.789::real, 3.4e38::real, 1e-10::real, 16777217::real;
-- case float special values
SELECT 'NaN'::float8, 'Infinity'::float8, '-Infinity'::float8, 'inf'::float8, -'Infinity'::float8;
-- case nan comparisons
SELECT 'NaN'::float8 = 'NaN'::float8, 'NaN'::float8 > 'Infinity'::float8, 'NaN'::float8 < 1, 'NaN'::float8 <> 'NaN'::float8;
-- case float overflow
SELECT 1e308::float8 * 10;
-- case float underflow
SELECT 1e-300::float8 * 1e-300::float8;
-- case float infinity arithmetic
SELECT 'Infinity'::float8 - 'Infinity'::float8, 'Infinity'::float8 * 2, 1 / 'Infinity'::float8;
-- case negative zero
SELECT -0.0::float8, 0.0::float8 = -0.0::float8, (-0.0)::numeric, 0.0 * -1::float8;
-- case real to double keeps binary value
SELECT 0.1::real::float8, 0.1::real = 0.1::float8, f4::float8 FROM things WHERE id = 1;
-- case real arithmetic
SELECT 0.1::real + 0.2::real, 1::real / 3, 1::real / 3::float8;
-- case real overflow
SELECT 3e38::real * 10;
-- case numeric special values
SELECT 'NaN'::numeric, 'NaN'::numeric = 'NaN'::numeric, 'NaN'::numeric > 1e100;
-- case numeric infinity
SELECT 'Infinity'::numeric, '-Infinity'::numeric, 'Infinity'::numeric > 1e100;
-- case numeric large values
SELECT 123456789012345678901234567890 * 987654321098765432109876543210, 1e50, 10 ^ 40;
-- case numeric text form keeps scale
SELECT 1.500, 1.0, 100, 0.00, .10, 1e3, 1e-3, 1.5e2, 0.000001, 1e-10;
-- case numeric cast with scale rounds
SELECT 1.235::numeric(5,2), 1.245::numeric(5,2), -1.235::numeric(5,2), 99.999::numeric(5,2), 1.5::numeric(3), 2.5::numeric(1,0);
-- case numeric cast overflow
SELECT 1000::numeric(5,2);
-- case numeric cast overflow after rounding
SELECT 999.995::numeric(5,2);
-- case numeric negative scale
SELECT 12345::numeric(3,-2);
-- case numeric scale larger than precision
SELECT 0.00123::numeric(3,5);
-- case float to numeric cast
SELECT 0.1::float8::numeric, 123456789.123456789::float8::numeric, 1e20::float8::numeric, 0.1::real::numeric, 1e-7::float8::numeric;
-- case numeric to integer rounds
SELECT 1.5::int, 2.5::int, -1.5::int, -2.5::int, 1.4::int, 2147483647.4::int;
-- case float to integer rounds to even
SELECT 1.5::float8::int, 2.5::float8::int, -1.5::float8::int, 0.5::float8::bigint, -0.5::float8::int;
-- case numeric to integer out of range
SELECT 2147483647.5::int;
-- case float to integer out of range
SELECT 3e9::float8::int;
-- case nan to integer
SELECT 'NaN'::float8::int;
-- case bigint to integer out of range
SELECT 3000000000::int;
-- case integer to smallint out of range
SELECT 40000::smallint;
-- case text to integer with spaces
SELECT ' 42 '::int, '-7'::smallint, '+5'::bigint;
-- case text to integer invalid
SELECT '4x'::int;
-- case text to integer empty
SELECT ''::int;
-- case text to integer decimal
SELECT '1.5'::int;
-- case text to integer out of range
SELECT '99999999999'::int;
-- case text to integer in other bases
SELECT '0x1F'::int, '0b11'::int, '1_000'::int;
-- case text to numeric
SELECT '1.50'::numeric, ' -3e2 '::numeric, '.5'::numeric, '1_000.5'::numeric;
-- case text to numeric invalid
SELECT 'abc'::numeric;
-- case text to float
SELECT '1.5e10'::float8, ' 2 '::float8, '-infinity'::float8;
-- case text to float out of range
SELECT '1e400'::float8;
-- case text to float invalid
SELECT '1.5x'::float8;
-- case boolean and integer casts
SELECT true::int, false::int, 1::boolean, 0::boolean, 5::boolean;
-- case boolean to bigint has no cast
SELECT true::bigint;
-- case int to text and back
SELECT 42::text || 'x', (42::text)::int + 1, 1.50::text, 1e10::float8::text, true::text;
-- case integer literal types
SELECT pg_typeof(1)::text, pg_typeof(2147483648)::text, pg_typeof(9223372036854775808)::text, pg_typeof(1.0)::text, pg_typeof(1e2)::text;
-- case result types of arithmetic
SELECT pg_typeof(1 / 2)::text, pg_typeof(1::smallint + 1)::text, pg_typeof(1 + 1::bigint)::text, pg_typeof(1 + 1.0)::text, pg_typeof(1.0 + 1::float8)::text, pg_typeof(1::real + 1::float8)::text, pg_typeof(1::real + 1)::text, pg_typeof(1.0 * 1::real)::text;
-- case result types of aggregates
SELECT pg_typeof(sum(i2))::text, pg_typeof(sum(i4))::text, pg_typeof(sum(i8))::text, pg_typeof(sum(n))::text, pg_typeof(sum(f4))::text, pg_typeof(sum(f8))::text, pg_typeof(avg(i4))::text, pg_typeof(avg(f4))::text, pg_typeof(count(*))::text FROM things;
-- case extremes of the types table
SELECT id, i2, i4, i8, n, n2, f4, f8 FROM things;
-- case sum of extremes
SELECT sum(i2), sum(i4), sum(i8), sum(n), sum(n2) FROM things;
-- case avg of extremes
SELECT avg(i2), avg(i4), avg(i8), avg(n2) FROM things;
-- case sum of floats with nan
SELECT sum(f8), max(f8), min(f8), max(f4) FROM things;
-- case order by float puts nan last | ordered
SELECT id, f8 FROM things ORDER BY f8, id;
-- case order by numeric | ordered
SELECT id, n FROM things ORDER BY n DESC NULLS LAST;
-- case greatest and least of mixed numbers
SELECT greatest(1, 2.5), least(1, 2.5, NULL), greatest(NULL, NULL::int), least(1::bigint, 2);
-- case scale min_scale trim_scale
SELECT scale(1.500), min_scale(1.500), trim_scale(1.500), trim_scale(100);
-- case numeric to text round trip
SELECT (123.4500::numeric(10,4))::text, (1e-7)::numeric::text;
-- case random is in range
SELECT random() >= 0 AND random() < 1, random(1, 10) BETWEEN 1 AND 10;
-- case to_char of numbers
SELECT to_char(1234.5, '9,999.99'), to_char(-1, 'S99'), to_char(0.5, '0.00'), to_char(42, '000'), to_char(1234567, 'FM9,999,999'), to_char(12, '9');
-- case to_number
SELECT to_number('1,234.5', '9,999.99'), to_number('-12', 'S99');
-- case to_hex to_bin to_oct
SELECT to_hex(255), to_hex(-1), to_bin(5), to_oct(8);
-- case generate_series of integers
SELECT * FROM generate_series(1, 5);
-- case generate_series with step
SELECT * FROM generate_series(10, 1, -3) AS g (x);
-- case generate_series of numeric
SELECT * FROM generate_series(1.0, 2.0, 0.25) g;
-- case generate_series empty
SELECT * FROM generate_series(5, 1);
-- case generate_series zero step
SELECT * FROM generate_series(1, 5, 0);
-- case generate_series of bigint
SELECT * FROM generate_series(9223372036854775805, 9223372036854775807) g;
-- case generate_series in select list
SELECT generate_series(1, 3) AS g;
-- case generate_series with null
SELECT * FROM generate_series(1, NULL);
-- case numeric equality with different scale
SELECT 1.10 = 1.1, 1.10 IN (1.1, 2), 1.0 <> 1.00;
-- case unary plus and double negation
SELECT +5, - -5, +(-3.5);
-- case integer to numeric with typmod
SELECT 5::numeric(10,3), 5::numeric(10,3) + 1, 5::numeric(10,3) * 2;
-- case sqrt and rounding composed
SELECT round(sqrt(2)::numeric, 5), floor(log(1000::numeric)), trunc(exp(2.0), 6);
-- case numeric powers large
SELECT 1.01 ^ 100, 2.5 ^ 3, 10 ^ -3, 10.0 ^ -3;
-- case float to text shortest
SELECT (1.0 / 3)::float8::text, (2.0::float8 / 3)::text, 1e23::float8::text, 9007199254740993::float8::text;
-- case erf and hyperbolic
SELECT round(sinh(1)::numeric, 8), round(cosh(1)::numeric, 8), round(tanh(1)::numeric, 8);
-- case cast names
SELECT 1::int2, 1::int4, 1::int8, 1::float4, 1::float8, 1::decimal, 1::real, 1::double precision, 1::float, 1::float(24), 1::dec(4,1);
-- case bigint literal arithmetic
SELECT 4294967296 * 2147483647, 9223372036854775807 - 1, -9223372036854775807 - 1;
-- case between on mixed types
SELECT 5 BETWEEN 4.5 AND 5.5, 5 NOT BETWEEN 1 AND 4, 1.0 BETWEEN 1 AND 1;
