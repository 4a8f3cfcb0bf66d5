import type { Sql } from "postgres";

/**
 * Puts a wrapper around `settle_payment` in a test's own database: it notes, by the database's clock, when each call
 * went into the function and when it came out, and which process (`application_name`) made it. The product's
 * function and the statement that calls it stay as they are. To be put there before the first settlement.
 */
export async function watchSettlements(sql: Sql): Promise<void> {
  await sql.unsafe(`
    CREATE UNLOGGED TABLE settle_spans (
      out_trade_no text NOT NULL, source text NOT NULL, process text NOT NULL,
      entered_at timestamptz NOT NULL, left_at timestamptz NOT NULL
    );
    DO $do$
    DECLARE
      f oid := 'settle_payment'::regproc;
      given text := (SELECT string_agg('$' || n, ', ' ORDER BY n)
                       FROM pg_proc, generate_series(1, pronargs) n WHERE oid = f);
      arguments text := pg_get_function_arguments(f);
      result text := pg_get_function_result(f);
    BEGIN
      ALTER FUNCTION settle_payment RENAME TO settle_payment_itself;
      EXECUTE format($f$
        CREATE FUNCTION settle_payment(%s) RETURNS %s LANGUAGE plpgsql AS $body$
        DECLARE
          v_entered timestamptz := clock_timestamp();
        BEGIN
          RETURN QUERY SELECT * FROM settle_payment_itself(%s);
          INSERT INTO settle_spans
            VALUES (p_out_trade_no, p_source, current_setting('application_name'), v_entered, clock_timestamp());
        END $body$ $f$, arguments, result, given);
    END $do$`);
}

/**
 * For how many of these numbers two different processes were inside the settling statement at the same moment: each
 * had gone in before the other came out. Had one only begun when the other was done, this would not count it.
 */
export async function countOverlaps(sql: Sql, outTradeNos: string[]): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(DISTINCT a.out_trade_no)::int FROM settle_spans a JOIN settle_spans b USING (out_trade_no)
      WHERE out_trade_no = ANY(${outTradeNos}) AND a.process < b.process
        AND a.entered_at < b.left_at AND b.entered_at < a.left_at`;
  return row?.count ?? 0;
}
