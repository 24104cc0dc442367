-- use types
-- case date literals
SELECT date '2024-02-29', '2024-1-5'::date, '20240305'::date, 'January 8, 1999'::date, '1999-Jan-08'::date, 'epoch'::date;
-- case date in american order
SELECT '1/8/1999'::date;
-- case date invalid day
SELECT '2023-02-29'::date;
-- case date invalid text
SELECT 'yesterdayish'::date;
-- case date out of range
SELECT '10000000-01-01'::date;
-- case date before christ
SELECT '0044-03-15 BC'::date;
-- case date infinity
SELECT 'infinity'::date, '-infinity'::date, 'infinity'::date > '9999-12-31'::date;
-- case timestamp literals
SELECT timestamp '2024-02-29 13:45:10', '2024-02-29T13:45:10.123456'::timestamp, '2024-02-29'::timestamp, '2024-02-29 1:02'::timestamp, '2024-02-29 01:02:03 PM'::timestamp;
-- case timestamp rounds to microseconds
SELECT '2024-01-01 00:00:00.1234567'::timestamp, '2024-01-01 00:00:00.9999999'::timestamp;
-- case timestamp ignores zone
SELECT '2024-02-29 13:45:10+05'::timestamp;
-- case timestamp invalid hour
SELECT '2024-02-29 25:00:00'::timestamp;
-- case timestamp invalid text
SELECT 'abc'::timestamp;
-- case timestamp at hour 24
SELECT '2024-02-29 24:00:00'::timestamp, '2024-01-01 23:59:60'::timestamp;
-- case timestamptz literals
SELECT timestamptz '2024-02-29 13:45:10+02', '2024-02-29 13:45:10Z'::timestamptz, '2024-02-29 13:45:10'::timestamptz, '2024-02-29 13:45:10.5-03:30'::timestamptz, '2024-02-29 12:00 America/New_York'::timestamptz;
-- case time literals
SELECT time '13:45', '13:45:10.123456'::time, '1:2:3'::time, '01:00 PM'::time, '24:00:00'::time;
-- case time invalid
SELECT '25:00'::time;
-- case interval literals
SELECT interval '1 day', interval '1 year 2 months 3 days 4 hours 5 minutes 6.7 seconds', '1-2'::interval, '3 04:05:06'::interval, 'P1Y2M3DT4H5M6S'::interval, '-1 days'::interval, '1 week'::interval, '90 minutes'::interval, '1 day ago'::interval;
-- case interval with fields
SELECT interval '5' day, interval '2' hour, interval '1-6' year to month, interval '10' minute, interval '1.5' second;
-- case interval text form
SELECT '1 mon'::interval, '2 years'::interval, '25 hours'::interval, '-1 day +02:03:00'::interval, '0'::interval, '1.5 days'::interval, '0.5 months'::interval, '1 day -00:00:01'::interval, '100 days'::interval, '13 months'::interval, '-13 months'::interval;
-- case interval invalid
SELECT 'abc'::interval;
-- case date arithmetic
SELECT date '2024-02-28' + 2, date '2024-03-01' - 1, date '2024-03-01' - date '2024-02-01', 3 + date '2024-01-01';
-- case date and interval
SELECT date '2024-01-31' + interval '1 month', date '2024-01-01' - interval '1 day', pg_typeof(date '2024-01-01' + interval '1 day')::text;
-- case date and time
SELECT date '2024-01-01' + time '10:20';
-- case timestamp and interval
SELECT timestamp '2024-01-31 10:00' + interval '1 month', timestamp '2024-03-31 10:00' - interval '1 month', timestamp '2024-02-29' + interval '1 year', timestamp '2024-01-01' + interval '1 month 1 day', interval '1 hour' + timestamp '2024-01-01';
-- case timestamp difference
SELECT timestamp '2024-03-01 12:00' - timestamp '2024-02-28 10:30', timestamp '2024-01-01' - timestamp '2024-12-31 23:59:59.5', timestamptz '2024-01-02 00:00+00' - timestamptz '2024-01-01 00:00+05';
-- case time arithmetic
SELECT time '10:00' + interval '3 hours', time '23:00' + interval '2 hours', time '10:00' - time '08:30', time '01:00' - interval '2 hours';
-- case interval arithmetic
SELECT interval '1 day' + interval '2 hours', interval '1 mon' - interval '1 day', interval '1 day' * 2.5, interval '1 hour' / 4, 2 * interval '15 minutes', -interval '1 day 2 hours', interval '1 month' * 1.5, interval '1 year' / 7;
-- case interval comparison
SELECT interval '24 hours' = interval '1 day', interval '30 days' = interval '1 month', interval '1 month' > interval '29 days', interval '1 year' = interval '360 days', interval '12 months' = interval '1 year';
-- case interval division by zero
SELECT interval '1 day' / 0;
-- case comparisons of date and timestamp
SELECT date '2024-01-01' = timestamp '2024-01-01 00:00', date '2024-01-01' < timestamp '2024-01-01 00:01', timestamp '2024-01-01 00:00' = timestamptz '2024-01-01 00:00+00', date '2024-01-02' > timestamptz '2024-01-01 12:00+00';
-- case comparisons with text literals
SELECT id FROM things WHERE d >= '2024-01-01' AND ts < '2025-01-01' AND tm > '12:00';
-- case extract from timestamp
SELECT extract(year FROM ts), extract(month FROM ts), extract(day FROM ts), extract(hour FROM ts), extract(minute FROM ts), extract(second FROM ts), extract(quarter FROM ts), extract(week FROM ts), extract(dow FROM ts), extract(isodow FROM ts), extract(doy FROM ts), extract(epoch FROM ts), extract(century FROM ts), extract(decade FROM ts), extract(isoyear FROM ts), extract(millisecond FROM ts), extract(microseconds FROM ts), extract(millennium FROM ts), extract(julian FROM ts) FROM things WHERE id = 1;
-- case extract from date
SELECT extract(year FROM d), extract(doy FROM d), extract(epoch FROM d), extract(dow FROM d), extract(week FROM d) FROM things;
-- case extract from time
SELECT extract(hour FROM tm), extract(second FROM tm), extract(epoch FROM tm) FROM things;
-- case extract from interval
SELECT extract(year FROM iv), extract(month FROM iv), extract(day FROM iv), extract(hour FROM iv), extract(second FROM iv), extract(epoch FROM iv) FROM things;
-- case extract from timestamptz
SELECT extract(hour FROM tz), extract(epoch FROM tz), extract(timezone FROM tz) FROM things;
-- case extract hour from date is refused
SELECT extract(hour FROM date '2024-01-01');
-- case extract unknown field
SELECT extract(nonsense FROM timestamp '2024-01-01');
-- case extract result type
SELECT pg_typeof(extract(year FROM ts))::text, pg_typeof(date_part('year', ts))::text FROM things WHERE id = 1;
-- case date_part
SELECT date_part('year', ts), date_part('second', ts), date_part('epoch', iv), date_part('dow', d) FROM things WHERE id = 1;
-- case week of year at the edges
SELECT d, extract(week FROM d), extract(isoyear FROM d), extract(isodow FROM d) FROM (VALUES (date '2020-12-31'), ('2021-01-01'), ('2021-01-03'), ('2021-01-04'), ('2024-12-30')) v (d);
-- case date_trunc
SELECT date_trunc('year', ts), date_trunc('month', ts), date_trunc('day', ts), date_trunc('hour', ts), date_trunc('minute', ts), date_trunc('second', ts), date_trunc('week', ts), date_trunc('quarter', ts), date_trunc('milliseconds', ts), date_trunc('century', ts), date_trunc('decade', ts) FROM things WHERE id = 1;
-- case date_trunc of date and timestamptz and interval
SELECT date_trunc('month', d), date_trunc('hour', tz), date_trunc('day', iv), date_trunc('month', iv) FROM things WHERE id = 1;
-- case date_trunc with zone
SELECT date_trunc('day', timestamptz '2024-03-10 02:00:00+00', 'America/New_York');
-- case date_trunc unknown unit
SELECT date_trunc('nonsense', timestamp '2024-01-01');
-- case date_bin
SELECT date_bin('15 minutes', timestamp '2024-02-11 15:44:17', timestamp '2001-01-01');
-- case age
SELECT age(timestamp '2024-03-01', timestamp '2023-01-31'), age(timestamp '2024-01-01', timestamp '2024-03-15 10:00'), age(date '2024-02-29', date '2020-02-29');
-- case make functions
SELECT make_date(2024, 2, 29), make_time(13, 5, 6.5), make_timestamp(2024, 2, 29, 1, 2, 3.25), make_interval(years => 1, days => 2, hours => 3), make_interval(0, 2), make_timestamptz(2024, 1, 2, 3, 4, 5);
-- case make_date invalid
SELECT make_date(2023, 2, 29);
-- case to_timestamp of epoch
SELECT to_timestamp(0), to_timestamp(1700000000.5);
-- case at time zone
SELECT timestamp '2024-07-01 12:00' AT TIME ZONE 'Europe/Berlin', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'America/New_York', timestamptz '2024-07-01 12:00+00' AT TIME ZONE 'UTC', timestamp '2024-01-01 12:00' AT TIME ZONE '+02', timestamp '2024-01-01 12:00' AT TIME ZONE interval '3 hours';
-- case at time zone in daylight saving gaps
SELECT timestamp '2024-03-31 02:30' AT TIME ZONE 'Europe/Berlin', timestamp '2024-10-27 02:30' AT TIME ZONE 'Europe/Berlin', timezone('Europe/Berlin', timestamptz '2024-03-31 01:00+00');
-- case at time zone unknown
SELECT timestamp '2024-01-01' AT TIME ZONE 'Nowhere/City';
-- case at local
SELECT timestamp '2024-01-01 12:00' AT LOCAL;
-- case casts between date and time types
SELECT ts::date, ts::time, ts::timestamptz, tz::timestamp, tz::date, tz::time, d::timestamp, d::timestamptz, tm::interval, (interval '25 hours 10 minutes')::time FROM things WHERE id = 1;
-- case timestamp with precision
SELECT '2024-01-01 10:00:00.123456'::timestamp(3), '2024-01-01 10:00:00.5'::timestamp(0), '10:00:00.987654'::time(2);
-- case current values agree
SELECT now() = current_timestamp, now() = transaction_timestamp(), current_date = now()::date, localtimestamp = now()::timestamp, current_time IS NOT NULL, localtime IS NOT NULL, clock_timestamp() >= now(), statement_timestamp() >= now();
-- case types of current values
SELECT pg_typeof(now())::text, pg_typeof(current_date)::text, pg_typeof(localtimestamp)::text, pg_typeof(current_timestamp)::text, pg_typeof(localtime)::text;
-- case today and now literals
SELECT 'today'::date = current_date, 'now'::timestamptz = now(), 'tomorrow'::date - 'yesterday'::date;
-- case to_char of timestamp
SELECT to_char(ts, 'YYYY-MM-DD HH24:MI:SS'), to_char(ts, 'DD Mon YYYY'), to_char(ts, 'Day'), to_char(ts, 'FMDay, FMMonth DD'), to_char(ts, 'HH12:MI AM'), to_char(ts, 'MS US'), to_char(ts, 'Q WW IW DDD D'), to_char(ts, 'YY J'), to_char(ts, '"T"HH24') FROM things WHERE id = 1;
-- case to_char of date and interval
SELECT to_char(d, 'YYYY/MM/DD'), to_char(iv, 'DD HH24:MI:SS'), to_char(d, 'MONTH'), to_char(d, 'mon') FROM things WHERE id = 1;
-- case to_date and to_timestamp with format
SELECT to_date('05 Dec 2000', 'DD Mon YYYY'), to_date('20240229', 'YYYYMMDD'), to_timestamp('2024-02-29 13:45', 'YYYY-MM-DD HH24:MI'), to_date('2024/3/1', 'YYYY/MM/DD');
-- case justify
SELECT justify_days(interval '35 days'), justify_hours(interval '27 hours'), justify_interval(interval '1 mon -1 hour');
-- case overlaps
SELECT (date '2024-01-01', date '2024-02-01') OVERLAPS (date '2024-01-15', date '2024-03-01'), (date '2024-01-01', interval '10 days') OVERLAPS (date '2024-02-01', interval '1 day');
-- case isfinite
SELECT isfinite(date '2024-01-01'), isfinite(timestamp '2024-01-01'), isfinite(interval '1 day');
-- case generate_series of timestamps
SELECT * FROM generate_series(timestamp '2024-01-30', timestamp '2024-02-02', interval '1 day') AS g (t);
-- case generate_series of months
SELECT g::date FROM generate_series(date '2024-01-31', date '2024-05-31', interval '1 month') g;
-- case generate_series of timestamptz descending
SELECT * FROM generate_series(timestamptz '2024-01-01 03:00+00', timestamptz '2024-01-01 00:00+00', interval '-90 minutes') g;
-- case order by dates and times | ordered
SELECT id, d, tm, ts, tz FROM things ORDER BY d, id;
-- case order by interval | ordered
SELECT iv FROM (VALUES (interval '1 month'), ('29 days'), ('31 days'), ('720 hours 1 second'), ('-1 day')) v (iv) ORDER BY iv;
-- case types table times
SELECT id, d, tm, ts, tz, iv FROM things;
-- case min max and count of times
SELECT min(d), max(tm), min(ts), max(tz), min(iv), max(iv), sum(iv), avg(iv) FROM things;
-- case timestamp plus number is refused
SELECT timestamp '2024-01-01' + 1;
-- case date times number is refused
SELECT date '2024-01-01' * 2;
-- case timestamp out of range
SELECT timestamp '294276-12-31 23:59:59' + interval '1 year';
-- case interval out of range
SELECT interval '178956970 years 8 months';
-- case leap year arithmetic
SELECT date '2024-02-29' + interval '1 year', date '2023-02-28' + interval '1 year', date '2024-02-29' - interval '4 years', date '1900-03-01' - 1, date '2000-03-01' - 1;
-- case extract epoch round trip
SELECT to_timestamp(extract(epoch FROM tz)) = tz FROM things WHERE tz IS NOT NULL;
-- case date difference in group | ordered
SELECT id, d - date '2024-01-01' AS days FROM things WHERE id = 1 ORDER BY days;
-- case between dates
SELECT id FROM things WHERE d BETWEEN '2024-01-01' AND '2024-12-31';
-- case time zone names in literals
SELECT '2024-07-01 12:00 Europe/Berlin'::timestamptz, '2024-01-01 12:00 EST'::timestamptz, '2024-01-01 12:00 UTC'::timestamptz;
-- case interval in iso order by fields
SELECT extract(epoch FROM interval '1 year'), extract(epoch FROM interval '1 month'), extract(day FROM interval '40 days 5 hours');
-- case date to text
SELECT 'on ' || date '2024-01-05', '' || timestamp '2024-01-05 10:00', '' || interval '1 day', '' || time '10:00';
-- case add months to the end of month
SELECT date '2024-01-31' + interval '1 month' * n FROM generate_series(0, 4) AS n;
