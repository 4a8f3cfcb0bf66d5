/**
 * `npm run staff -- add EMAIL --role ROLE [--name NAME] [--password-stdin]`: an account of the desk, or a new link for
 * one. `npm run staff -- reset-second-factor EMAIL`: for the only owner, whose phone is lost.
 */
import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { migrateDatabase } from "@/lib/db/migrate";
import { staffRoles } from "@/lib/db/schema/staff";
import type { Shop } from "@/lib/shop";
import { addStaff } from "@/lib/staff/add-staff";
import { findPasswordProblem } from "@/lib/staff/password";
import { resetTotpAtConsole } from "@/lib/staff/reset-totp-at-console";
import { CommandError, runWithShop } from "@/scripts/command/with-shop";

const usage = `Usage: npm run staff -- add EMAIL --role ${staffRoles.join("|")} [--name NAME] [--password-stdin]
       npm run staff -- reset-second-factor EMAIL`;
const passwordProblems = {
  too_short: "The password must have at least 10 characters.",
  too_long: "The password must have at most 200 characters.",
  is_email: "The password must not be the email address.",
  too_common: "This password is on every guesser's list.",
} as const;

const Email = z
  .email("EMAIL is not an email address.")
  .max(200)
  .transform((email) => email.toLowerCase());
const Account = z.object({
  email: Email,
  role: z.enum(staffRoles, `--role must be one of ${staffRoles.join(", ")}.`),
  name: z
    .string()
    .trim()
    .min(1, "--name must not be empty.")
    .max(50, "--name must have at most 50 characters.")
    .optional(),
});

const { positionals, values } = parse();
const [command, email] = positionals;
if (positionals.length !== 2 || (command !== "add" && command !== "reset-second-factor")) {
  console.error(usage);
  process.exit(1);
}
await runWithShop(command === "add" ? add : resetSecondFactor);

async function add(shop: Shop): Promise<void> {
  const account = readAs(Account, { email, role: values.role, name: values.name });
  const password = values["password-stdin"] ? await readPassword(account.email) : null;
  await migrateDatabase(shop.environment.directDatabaseUrl); // This may be the first command of a new shop.
  const { isNew, inviteToken, roleBefore } = await addStaff(shop, account, password);

  const changed = roleBefore === account.role ? "" : ` (was ${roleBefore})`;
  console.log(`${isNew ? "Added" : "Updated"} ${account.email} as ${account.role}${changed}.`);
  if (inviteToken) {
    console.log("To choose a password, open this once within 24 hours:");
    console.log(`${shop.environment.siteUrl}/invite/${inviteToken}`);
  }
}

async function resetSecondFactor(shop: Shop): Promise<void> {
  const known = readAs(Email, email);
  const outcome = await resetTotpAtConsole(shop, { email: known });
  if (outcome === "unknown") throw new CommandError(`There is no account ${known}.`);
  if (outcome === "was_off") return console.log(`The second factor of ${known} is off already.`);
  console.log(
    `The second factor of ${known} is off, and all sessions are ended: the password alone signs in.`,
  );
  console.log("Turn it on again on the desk, under “My account”.");
}

function readAs<T>(schema: z.ZodType<T>, typed: unknown): T {
  const parsed = schema.safeParse(typed);
  if (!parsed.success) throw new CommandError(`${parsed.error.issues[0]?.message}\n${usage}`);
  return parsed.data;
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { role: { type: "string" }, name: { type: "string" }, "password-stdin": { type: "boolean" } },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    process.exit(1);
  }
}

async function readPassword(of: string): Promise<string> {
  const password = (await text(process.stdin)).replace(/\r?\n$/, "");
  const problem = findPasswordProblem(password, of);
  if (problem) throw new CommandError(passwordProblems[problem]);
  return password;
}
