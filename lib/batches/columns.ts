import { recognizeCarrier } from "@/lib/deliveries/carriers";
import { readCarrier } from "./read-carrier";
import type { Sheet } from "./sheet";

/** What a column of a file can mean. An order is named by its own number, its out_trade_no or its transaction_id. */
export const batchFields = ["order", "trackingNo", "carrier", "phone", "sku", "quantity", "note"] as const;
export type BatchField = (typeof batchFields)[number];

/** Which column, counted from 0, means what. */
export type Meaning = Partial<Record<BatchField, number>>;

/** Header words, the surest first. A buyer's remark is no note for the buyer: only what says so is. */
const words: Record<BatchField, RegExp[]> = {
  order: [
    /^(本店|店铺|商城|平台|原始)?订单(编?号|号码|no)?$|^order(no|number|id)?$/,
    /商户(订单|单)号|outtradeno|merchantorder/,
    /(支付|交易)(订?单号|流水号?|号)|transactionid/,
    /订单.*号|order.*(no|number|id)$/,
  ],
  trackingNo: [
    /^(快递|运|物流|面)单(编?号|号码?)?$|^(快递|物流)(编号|号码?)$|^(tracking|waybill)(no|number|code|id)?$/,
    /运单|快递单|物流单|面单|tracking(no|num|code)|waybill/,
  ],
  carrier: [
    /^(快递|物流|承运|配送)(公司|商|名称|方式)?$|^(carrier|courier|express(company)?|logistics(company)?|shipping(company|carrier))$/,
    /(快递|物流|承运|配送)(公司|商|名)|carrier|courier/,
  ],
  phone: [
    /(手机|电话).*(尾号|后四位|后4位)|^phonetail$|last(4|four)/,
    /收(件|货)(人|方)?(的)?(联系)?(手机|电话)|(recipient|receiver|consignee).*(phone|mobile|tel)/,
    /^(联系)?(手机|电话)(号码?)?$|^(phone|mobile|tel)(no|number|ephone)?$/,
  ],
  sku: [/^(商品|货品)?sku(编?码|编号|code|id|no)?$/, /(规格|商家|商品|货品)(编码|编号|代码)|货号|款号/],
  quantity: [
    /^(发货|商品|本次)?(数量|件数)$|^(qty|quantity|pieces|pcs)$/,
    /发货数量|发货件数|shipped(qty|quantity)/,
  ],
  note: [/发货备注|发货留言|给买家|致买家|deliverynote|notetobuyer|noteforbuyer/],
};

/** The shape of what stands below, where no word told: most of a column's cells have it. */
const shapes: Partial<Record<BatchField, (cell: string) => boolean>> = {
  order: (cell) => /^\d{20}(P\d{1,3})?$/.test(cell) || /^4[0-9]\d{26}$/.test(cell),
  trackingNo: (cell) => recognizeCarrier(cell) !== null,
  carrier: (cell) => readCarrier(cell) !== null,
};

const headerWithin = 10; // A title or an explanation may stand above it.
const judgedRows = 100;
const mostlyShare = 0.6;

/** The header of a sheet, what its columns seem to mean, and its rows below the header. A person can change the meaning. */
export function guessColumns(sheet: Sheet): { header: string[]; meaning: Meaning; rows: Sheet } {
  const at = findHeader(sheet);
  const header = at === null ? [] : (sheet[at]?.cells ?? []);
  const rows = at === null ? sheet : sheet.slice(at + 1);
  const meaning = meaningOfWords(header);
  const judged = rows.slice(0, judgedRows);
  const width = Math.max(0, ...judged.map(({ cells }) => cells.length));
  for (const field of batchFields) {
    const shape = shapes[field];
    if (meaning[field] !== undefined || !shape) continue;
    const taken = new Set(Object.values(meaning));
    const fits = (column: number) => !taken.has(column) && isMostly(judged, column, shape);
    const found = Array.from({ length: width }, (_, column) => column).find(fits);
    if (found !== undefined) meaning[field] = found;
  }
  return { header, meaning, rows };
}

/** The first of the upper rows with two words that we know, else with one, else the first; null when that is data already. */
function findHeader(sheet: Sheet): number | null {
  const known = sheet.slice(0, headerWithin).map(({ cells }) => Object.keys(meaningOfWords(cells)).length);
  const best = Math.min(2, Math.max(0, ...known));
  if (best > 0) return known.findIndex((count) => count >= best);
  const isData = sheet[0]?.cells.some((cell) => Object.values(shapes).some((shape) => shape(cell)));
  return isData ? null : 0;
}

function meaningOfWords(header: string[]): Meaning {
  const found = header.flatMap((cell, column) =>
    batchFields.map((field) => ({ field, column, rank: rankOf(field, cell) })),
  );
  const meaning: Meaning = {};
  for (const { field, column, rank } of found.toSorted((a, b) => a.rank - b.rank))
    if (rank >= 0 && meaning[field] === undefined && !Object.values(meaning).includes(column))
      meaning[field] = column;
  return meaning;
}

/** How sure a header word is, 0 the surest; -1 when it is none. */
function rankOf(field: BatchField, cell: string): number {
  const plain = cell
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-.:*()[\]/]/g, "");
  return plain.length > 30 ? -1 : words[field].findIndex((word) => word.test(plain));
}

function isMostly(rows: Sheet, column: number, shape: (cell: string) => boolean): boolean {
  const cells = rows.map(({ cells }) => cells[column] ?? "").filter((cell) => cell !== "");
  return cells.length > 0 && cells.filter(shape).length >= cells.length * mostlyShare;
}
