import { z } from "zod";

/** Where physical goods go. Mainland China only: that is where WeChat Pay's 72 hours apply. */
export const Recipient = z.object({
  name: z.string().trim().min(1).max(50),
  phone: z
    .string()
    .trim()
    .regex(/^1[3-9]\d{9}$/),
  province: z.string().trim().min(2).max(30),
  city: z.string().trim().min(1).max(30),
  district: z.string().trim().min(1).max(30),
  address: z.string().trim().min(1).max(200),
});
export type Recipient = z.infer<typeof Recipient>;

/** What stands where a recipient was whose data is erased: goods that were sent had one. */
export const erasedRecipient: Recipient = {
  name: "",
  phone: "",
  province: "",
  city: "",
  district: "",
  address: "",
};
