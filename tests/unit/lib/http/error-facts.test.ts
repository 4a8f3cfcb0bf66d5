import { DrizzleQueryError } from "drizzle-orm/errors";
import { expect, test } from "vitest";
import { errorCode, errorFacts, errorText } from "@/lib/http/error-facts";

/** As postgres.js makes it, wrapped as drizzle wraps it. */
function failedInsert(of: { code: string; message: string; detail?: string }) {
  const cause = Object.assign(new Error(of.message), { ...of, constraint_name: "orders_total" });
  return new DrizzleQueryError("insert into orders values ($1, $2)", ["李雷", "13800138000"], cause);
}

test("a failed query tells its cause and its constraint, and none of its parameters", () => {
  const error = failedInsert({
    code: "23514",
    message: 'new row for relation "orders" violates check constraint "orders_total"',
    detail: "Failing row contains (1, 李雷, 13800138000).",
  });

  const facts = errorFacts(error);

  expect(facts).toMatchObject({ code: "23514", constraint: "orders_total" });
  expect(facts.message).toContain("violates check constraint");
  expect(JSON.stringify(facts)).not.toMatch(/李雷|13800138000/);
  expect(facts.stack).toMatch(/^\s+at /);
});

test("a value that PostgreSQL quotes in its message is cut", () => {
  const error = failedInsert({
    code: "22P02",
    message: 'invalid input syntax for type bigint: "13800138000"',
  });

  expect(JSON.stringify(errorFacts(error))).not.toContain("13800138000");
  expect(errorText(error)).toBe("22P02: PostgreSQL refused a value (22P02)");
});

test("a failed query without a cause keeps the query and drops the parameters", () => {
  const error = new DrizzleQueryError("select 1", ["13800138000"]);

  expect(errorText(error)).toBe("Failed query: select 1");
});

test.each([undefined, null, "text", 7, { code: "X" }])("%s is no Error and reveals nothing", (thrown) => {
  expect(errorFacts(thrown).message).toBe("not an Error");
  expect(errorCode(thrown)).toBe("");
});

test("causes that point at each other end", () => {
  const [first, second] = [new Error("first"), new Error("second")];
  first.cause = second;
  second.cause = first;

  expect(errorFacts(first).type).toBe("Error");
});

test("the code comes from the bottom, whoever wrapped it", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

  expect(errorCode(new Error("outer", { cause: new DrizzleQueryError("select 1", [], refused) }))).toBe(
    "ECONNREFUSED",
  );
});
