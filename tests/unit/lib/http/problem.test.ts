import { expect, test } from "vitest";
import { AppError, type ProblemCode, problemStatus } from "@/lib/http/app-error";
import { problemResponse } from "@/lib/http/problem";
import en from "@/messages/en/problems.json";
import zh from "@/messages/zh-CN/problems.json";

const codes = Object.keys(problemStatus) as ProblemCode[];
const ask = (language: string) =>
  new Request("http://shop.test", { headers: { "accept-language": language } });

test.each(codes)("%s is told in both languages, with its own status", async (code) => {
  const [inChinese, inEnglish] = [
    problemResponse(ask("zh"), new AppError(code)),
    problemResponse(ask("en"), new AppError(code)),
  ];

  for (const response of [inChinese, inEnglish]) {
    expect(response.status).toBe(problemStatus[code]);
    expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
  }
  const [chinese, english] = [await inChinese.json(), await inEnglish.json()];
  expect(chinese).toMatchObject({ type: "about:blank", code, status: problemStatus[code], title: zh[code] });
  expect(english).toMatchObject({ code, title: en[code] });
  expect(chinese.title).toMatch(/\p{Script=Han}/u);
  expect(english.title).not.toMatch(/\p{Script=Han}/u);
});

test("there is no text without a code", () => {
  expect(
    Object.keys(zh)
      .filter((key) => key !== "fields")
      .sort(),
  ).toEqual([...codes].sort());
  expect(Object.keys(en.fields).sort()).toEqual(Object.keys(zh.fields).sort());
});

test("facts stand beside the code, fields with their text, waiting time in its header", async () => {
  const error = new AppError("recipient_invalid", {
    errors: [
      { path: "recipient.phone", code: "phone" },
      { path: "recipient.planet", code: "planet" },
    ],
    limit: 5,
    retryAfterS: 0.2,
  });

  const response = problemResponse(ask("en"), error);

  expect(response.headers.get("retry-after")).toBe("1");
  expect(await response.json()).toMatchObject({
    limit: 5,
    errors: [
      { path: "recipient.phone", code: "phone", message: en.fields.phone },
      { path: "recipient.planet", code: "planet", message: en.fields.invalid },
    ],
  });
});

test.each([
  ["ECONNREFUSED", 503, "database_unavailable"],
  ["57P01", 503, "database_unavailable"],
  ["23505", 500, "internal"],
])("an error with the code %s is %i %s, and tells nothing else", async (code, status, told) => {
  const error = Object.assign(new Error("secret: 13800138000"), { code });

  const response = problemResponse(ask("en"), new Error("outer", { cause: error }));

  expect(response.status).toBe(status);
  const text = await response.text();
  expect(JSON.parse(text)).toEqual({
    type: "about:blank",
    title: en[told as "internal"],
    status,
    code: told,
  });
});
