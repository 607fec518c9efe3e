-- The demo back ends' own tables. Run at each start: creates what is missing and changes nothing that is there.
CREATE SCHEMA IF NOT EXISTS demo;

CREATE TABLE IF NOT EXISTS demo.request (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    back_end        text NOT NULL,
    method          text NOT NULL,
    path            text NOT NULL,
    idempotency_key text,
    received_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.deal (
    id         text PRIMARY KEY,
    properties jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO demo.deal (id, properties)
SELECT (9000 + n)::text,
       jsonb_build_object(
           'dealname', company || ' rollout',
           'company', company,
           'amount', (12000 + n * 4500)::text,
           'dealstage', (ARRAY ['qualified', 'presentationscheduled', 'contractsent', 'closedwon'])[1 + n % 4],
           'closedate', (DATE '2027-01-10' + n::int * 7)::text,
           'owner_email', (ARRAY ['ada@example.com', 'grace@example.com', 'linus@example.com'])[1 + n % 3])
FROM unnest(ARRAY ['Acme', 'Globex', 'Initech', 'Umbrella', 'Hooli', 'Stark', 'Wayne', 'Wonka', 'Tyrell', 'Cyberdyne',
                   'Soylent', 'Vandelay']) WITH ORDINALITY AS companies (company, n)
ON CONFLICT DO NOTHING;

-- Raised by every change of a deal: what a copy of the deals goes on from.
CREATE SEQUENCE IF NOT EXISTS demo.deal_change;
ALTER TABLE demo.deal ADD COLUMN IF NOT EXISTS change bigint NOT NULL DEFAULT nextval('demo.deal_change');
ALTER TABLE demo.deal ADD COLUMN IF NOT EXISTS idempotency_key text UNIQUE;
CREATE SEQUENCE IF NOT EXISTS demo.deal_id START 9101;

CREATE TABLE IF NOT EXISTS demo.generation (
    id              text PRIMARY KEY,
    idempotency_key text UNIQUE,
    title           text NOT NULL,
    input_text      text NOT NULL,
    format          text NOT NULL,
    num_cards       int NOT NULL,
    polls_left      int NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.mail (
    id              text PRIMARY KEY,
    idempotency_key text UNIQUE,
    recipient       text NOT NULL,
    subject         text NOT NULL,
    body            text NOT NULL,
    sent_at         timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.shop_order (
    id       text PRIMARY KEY,
    customer text NOT NULL,
    country  text NOT NULL,
    total    numeric(10, 2) NOT NULL,
    decision text
);

CREATE TABLE IF NOT EXISTS demo.shop_order_line (
    order_id text NOT NULL REFERENCES demo.shop_order,
    sku      text NOT NULL,
    quantity int NOT NULL,
    PRIMARY KEY (order_id, sku)
);

CREATE TABLE IF NOT EXISTS demo.stock (
    sku       text PRIMARY KEY,
    name      text NOT NULL,
    available int NOT NULL
);

INSERT INTO demo.stock (sku, name, available)
VALUES ('CHAIR-01', 'Office chair', 25), ('DESK-02', 'Standing desk', 4), ('LAMP-03', 'Desk lamp', 0)
ON CONFLICT DO NOTHING;

INSERT INTO demo.shop_order (id, customer, country, total)
VALUES ('1001', 'Acme', 'DE', 498.00), ('1002', 'Globex', 'US', 89.00), ('1003', 'Initech', 'DE', 12450.00)
ON CONFLICT DO NOTHING;

INSERT INTO demo.shop_order_line (order_id, sku, quantity)
VALUES ('1001', 'CHAIR-01', 2), ('1002', 'CHAIR-01', 1), ('1002', 'LAMP-03', 3), ('1003', 'CHAIR-01', 10),
       ('1003', 'DESK-02', 4)
ON CONFLICT DO NOTHING;

ALTER TABLE demo.stock ADD COLUMN IF NOT EXISTS price numeric(10, 2);
UPDATE demo.stock SET price = CASE sku WHEN 'CHAIR-01' THEN 249 WHEN 'DESK-02' THEN 590 ELSE 39 END WHERE price IS NULL;

ALTER TABLE demo.shop_order ADD COLUMN IF NOT EXISTS email text;
ALTER TABLE demo.shop_order ADD COLUMN IF NOT EXISTS idempotency_key text UNIQUE;
ALTER TABLE demo.shop_order ADD COLUMN IF NOT EXISTS confirmed_at timestamptz;
CREATE SEQUENCE IF NOT EXISTS demo.shop_order_id START 2001;

UPDATE demo.shop_order
SET email = CASE id WHEN '1001' THEN 'ada@acme.example' WHEN '1002' THEN 'gone@bounce.example' ELSE 'ian@initech.example' END
WHERE email IS NULL AND id IN ('1001', '1002', '1003');

CREATE TABLE IF NOT EXISTS demo.smtp_message (
    message_id  text PRIMARY KEY,
    sender      text NOT NULL,
    recipients  text NOT NULL,
    subject     text NOT NULL,
    body        text NOT NULL,
    deliveries  int NOT NULL DEFAULT 1,
    received_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.carrier_token (
    access_token  text PRIMARY KEY,
    refresh_token text NOT NULL UNIQUE,
    grant_type    text NOT NULL,
    expires_at    timestamptz NOT NULL,
    issued_at     timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.parcel (
    id              text PRIMARY KEY,
    idempotency_key text UNIQUE,
    reference       text NOT NULL,
    recipient       text NOT NULL,
    country         text NOT NULL,
    ready_at        timestamptz NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE IF NOT EXISTS demo.report_attempt (
    day      text PRIMARY KEY,
    attempts int NOT NULL
);
