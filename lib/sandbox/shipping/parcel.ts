import { shippingError } from "@/lib/sandbox/shipping/shipping-error";

/** One entry of shipping_list, with WeChat's names. What is no express parcel has a description alone. */
export type Parcel = {
  tracking_no?: string;
  express_company?: string;
  item_desc: string;
  contact?: { consignor_contact?: string; receiver_contact?: string };
};

const longestBytes = 128; // "字符字节限制: [1, 128]", of the company's id and of the number.
const longestDescription = 120; // Characters.

/** Throws the OpenError that the first broken rule earns. */
export function readParcel(given: Partial<Parcel>, is: { isExpress: boolean }): Parcel {
  const { tracking_no, express_company, item_desc, contact } = given;
  if (!item_desc) throw shippingError(10060008);
  if ([...item_desc].length > longestDescription) throw shippingError(10060009);
  if (!is.isExpress) return { item_desc };
  if (!tracking_no) throw shippingError(268485226);
  if (!express_company) throw shippingError(268485227);
  if (Buffer.byteLength(express_company) > longestBytes) throw shippingError(10060025);
  if (Buffer.byteLength(tracking_no) > longestBytes) throw shippingError(10060026);
  checkContact(express_company, contact);
  return { tracking_no, express_company, item_desc, ...(contact && { contact }) };
}

/** 顺丰 wants the sender's or the receiver's number. No code is documented for that: 10060014 is our reading. */
function checkContact(company: string, contact: Parcel["contact"]): void {
  const numbers = [contact?.consignor_contact, contact?.receiver_contact].filter(Boolean);
  if (company === "SF" && numbers.length === 0) throw shippingError(10060014, "参数错误：contact");
  if (!numbers.every(isMasked))
    throw shippingError(10060014, "参数错误：contact 须采用掩码，最后4位数字不打掩码");
}

/** `189****1234`, `021-****1234`, `0**2-******23-10`: masked, but for its last four digits. */
function isMasked(number: string | undefined): boolean {
  const bare = number?.replaceAll("-", "") ?? "";
  return bare.length <= 1024 && /^[0-9*]*\*[0-9]*[0-9]{4}$/.test(bare);
}
