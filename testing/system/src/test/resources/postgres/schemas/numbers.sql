-- Two relations of small numbers with duplicates and NULLs on both sides.
CREATE TABLE l (a integer, b integer, c text);
CREATE TABLE r (a integer, b integer, c text);
CREATE TABLE e (a integer, b integer);
INSERT INTO l VALUES (1, 10, 'x'), (1, 11, 'y'), (2, 20, 'x'), (3, NULL, 'z'), (NULL, 40, NULL), (5, 50, 'y'), (5, 50, 'y');
INSERT INTO r VALUES (1, 10, 'x'), (2, 21, 'y'), (2, 22, NULL), (4, 40, 'w'), (NULL, NULL, 'x'), (5, 50, 'y');
