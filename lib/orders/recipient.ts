import { z } from "zod";
import { hasNoDistricts } from "./cities-without-districts";
import { isForeignNumber, mobileNumber, plainMobileNumber } from "./mobile-number";

/** The text of a field's problem that is not the field's usual one: `fieldProblems` reads it. */
const because = (code: string) => ({ params: { code } });

const Phone = z
  .string()
  .max(40)
  .transform(plainMobileNumber)
  .refine((phone) => !isForeignNumber(phone), because("phoneForeign"))
  .refine((phone) => mobileNumber.test(phone) || isForeignNumber(phone));

const fields = z.object({
  name: z.string().trim().min(1).max(50),
  phone: Phone,
  province: z.string().trim().min(2).max(30),
  city: z.string().trim().min(1).max(30),
  /** Empty where the city has none; elsewhere a parcel would not find its way. */
  district: z.string().trim().max(30).default(""),
  address: z.string().trim().min(1).max(200),
});

/** Where physical goods go. Mainland China only: that is where WeChat Pay's 72 hours apply. */
export const Recipient = fields.refine((value) => !isLost(value), {
  path: ["district"],
  when: () => true, // Beside other wrong fields too: all are told at once.
});
export type Recipient = z.infer<typeof Recipient>;

function isLost(value: unknown): boolean {
  const place = z.object({ city: z.string().catch(""), district: z.literal("") }).safeParse(value);
  return place.success && !hasNoDistricts(place.data.city);
}

/** What stands where a recipient was whose data is erased: goods that were sent had one. */
export const erasedRecipient: Recipient = {
  name: "",
  phone: "",
  province: "",
  city: "",
  district: "",
  address: "",
};
