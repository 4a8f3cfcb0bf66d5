import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice for argon2id (19 MiB, two passes, one lane): about 30 ms on the machine this was tried on. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const passwordLength = { least: 10, most: 200 } as const; // The upper bound keeps hashing cheap to attack with.

export type PasswordProblem = "too_short" | "too_long" | "is_email" | "too_common";

/** Why a password will not do, or null. */
export function findPasswordProblem(password: string, email: string): PasswordProblem | null {
  const text = password.normalize("NFKC").toLowerCase();
  if ([...text].length < passwordLength.least) return "too_short";
  if (text.length > passwordLength.most) return "too_long";
  if (text === email.toLowerCase() || text === email.toLowerCase().split("@")[0]) return "is_email";
  if (common.has(text) || new Set(text).size < 4) return "too_common";
  return null;
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), cost);
}

export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const text = password.normalize("NFKC").slice(0, passwordLength.most + 1);
  const matches = await verify(await hashToTry(passwordHash), text);
  return matches && passwordHash !== null;
}

/** Takes as long for an account that does not exist: a hash nobody knows the password of is tried instead, at the same cost. */
export async function hashToTry(passwordHash: string | null): Promise<string> {
  return passwordHash ?? unknowable;
}

const unknowable = hash(crypto.randomUUID(), cost);

/** The longest of the lists of leaked passwords that pass the length rule; those of fewer than four characters' variety are refused anyway. */
const common = new Set([
  "1234567890",
  "0123456789",
  "0987654321",
  "12345678910",
  "1234554321",
  "1234512345",
  "123456789a",
  "a123456789",
  "123456789q",
  "1q2w3e4r5t",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "q1w2e3r4t5",
  "qwertyuiop",
  "qwerty1234",
  "qwerty12345",
  "qwerty123456",
  "asdfghjkl1",
  "asdfghjkl;",
  "zxcvbnm123",
  "abcdefghij",
  "abcdefg123",
  "abcd123456",
  "abc1234567",
  "abc123456789",
  "password12",
  "password123",
  "password1234",
  "password12345",
  "passw0rd12",
  "p@ssw0rd12",
  "p@ssword123",
  "passwordpassword",
  "iloveyou12",
  "iloveyou123",
  "woaini1314",
  "woaini5201314",
  "5201314520",
  "1314520520",
  "wechatpay123",
  "wechat1234",
  "zhanggui123",
  "zhanggui1234",
  "administrator",
  "admin12345",
  "admin123456",
  "administrator1",
  "letmein123",
  "welcome123",
  "welcome1234",
  "changeme123",
  "football123",
  "baseball123",
  "sunshine123",
  "princess123",
  "superman123",
  "michael123",
  "trustno1234",
  "monkey12345",
  "dragon12345",
]);
