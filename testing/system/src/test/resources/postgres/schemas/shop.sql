-- A small shop: every relation has rows without partner, ties, and NULLs.
CREATE TABLE customers (
    id integer PRIMARY KEY,
    name text NOT NULL,
    city text,
    vip boolean NOT NULL DEFAULT false,
    joined date
);
CREATE TABLE products (
    id integer PRIMARY KEY,
    name varchar(40) NOT NULL UNIQUE,
    category text,
    price numeric(10,2) NOT NULL CHECK (price >= 0),
    tags text[]
);
CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id integer REFERENCES customers (id),
    placed timestamp NOT NULL,
    status text NOT NULL DEFAULT 'open',
    note text
);
CREATE TABLE items (
    order_id bigint NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line smallint NOT NULL,
    product_id integer NOT NULL REFERENCES products (id),
    quantity integer NOT NULL,
    discount double precision,
    PRIMARY KEY (order_id, line)
);
CREATE TABLE employees (
    id integer PRIMARY KEY,
    name text NOT NULL,
    manager_id integer REFERENCES employees (id),
    department text,
    salary integer,
    hired date
);
CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX items_by_product ON items (product_id);
INSERT INTO customers VALUES
    (1, 'Ann', 'Berlin', true, '2021-03-01'),
    (2, 'Bob', 'Paris', false, '2020-11-15'),
    (3, 'Cleo', 'Berlin', false, NULL),
    (4, 'Dora', NULL, true, '2022-07-30'),
    (5, 'Emil', 'Oslo', false, '2021-03-01'),
    (6, 'ann', 'Paris', false, '2023-01-01');
INSERT INTO products VALUES
    (1, 'Pencil', 'paper', 0.50, '{office,small}'),
    (2, 'Notebook', 'paper', 3.25, '{office}'),
    (3, 'Lamp', 'light', 24.90, '{}'),
    (4, 'Bulb', 'light', 2.10, NULL),
    (5, 'Chair', 'furniture', 89.00, '{office,large,wood}'),
    (6, 'Mystery', NULL, 0.00, '{odd}');
INSERT INTO orders VALUES
    (100, 1, '2024-01-05 10:00:00', 'paid', NULL),
    (101, 1, '2024-01-20 12:30:00', 'open', 'fragile'),
    (102, 2, '2024-02-01 09:15:30.5', 'paid', ''),
    (103, 3, '2024-02-01 09:15:30.5', 'cancelled', 'late'),
    (104, NULL, '2024-03-10 23:59:59.999999', 'open', NULL),
    (105, 5, '2024-03-11 00:00:00', 'paid', 'gift'),
    (106, 1, '2024-12-31 23:59:59', 'paid', 'Fragile');
INSERT INTO items VALUES
    (100, 1, 1, 10, NULL),
    (100, 2, 2, 2, 0.1),
    (101, 1, 3, 1, 0),
    (102, 1, 5, 4, 0.25),
    (102, 2, 4, 8, NULL),
    (102, 3, 1, 1, 0.5),
    (103, 1, 3, 2, NULL),
    (105, 1, 2, 5, 0.1),
    (105, 2, 5, 1, NULL),
    (106, 1, 1, 100, 0.2);
INSERT INTO employees VALUES
    (1, 'Rita', NULL, 'board', 9000, '2010-01-01'),
    (2, 'Sam', 1, 'tech', 7000, '2012-05-01'),
    (3, 'Tom', 1, 'sales', 6500, '2013-09-15'),
    (4, 'Uma', 2, 'tech', 5000, '2018-02-01'),
    (5, 'Vic', 2, 'tech', 5000, '2019-02-01'),
    (6, 'Wim', 3, 'sales', NULL, '2020-10-10'),
    (7, 'Xia', 4, 'tech', 4100, '2021-06-30'),
    (8, 'Yan', 3, NULL, 4300, '2021-06-30');
