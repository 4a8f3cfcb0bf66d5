import { describe, expect, test } from "vitest";
import { findPasswordProblem, hashPassword, hashToTry, isPassword } from "@/lib/staff/password";

const email = "mei.lin@shop.example";

describe("a password", () => {
  test.each([
    ["ninechars", "too_short"],
    ["掌柜的密码九字啦", "too_short"],
    ["x".repeat(201), "too_long"],
    ["mei.lin@shop.example", "is_email"],
    ["MEI.LIN@Shop.Example", "is_email"],
    ["1234567890", "too_common"],
    ["Password123", "too_common"],
    ["ｐａｓｓｗｏｒｄ１２３", "too_common"],
    ["aaaaaaaaaaaa", "too_common"],
    ["abababababab", "too_common"],
    ["woaini1314", "too_common"],
  ])("%s is refused as %s", (password, problem) => {
    expect(findPasswordProblem(password, email)).toBe(problem);
  });

  test.each(["tenletters", "三天打鱼两天晒网之后再打", "correct horse battery", "a b c d e "])(
    "%s will do",
    (password) => {
      expect(findPasswordProblem(password, email)).toBeNull();
    },
  );

  test("is kept as argon2id with OWASP's parameters, salted", async () => {
    const [one, other] = await Promise.all([hashPassword("correct horse"), hashPassword("correct horse")]);

    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await isPassword("correct horse", one)).toBe(true);
    expect(await isPassword("correct horsf", one)).toBe(false);
  });

  test("typed full-width is the same password", async () => {
    expect(await isPassword("ｃｏｒｒｅｃｔ　ｈｏｒｓｅ", await hashPassword("correct horse"))).toBe(true);
  });

  test("of an account without one matches nothing, after the same work", async () => {
    const known = await hashPassword("correct horse");
    const costOf = (hash: string) => hash.split("$").slice(0, 4);

    expect(await isPassword("guess", null)).toBe(false);
    expect(await isPassword("", null)).toBe(false);
    expect(costOf(await hashToTry(null))).toEqual(costOf(known));
    expect(await hashToTry(known)).toBe(known);
  });
});
