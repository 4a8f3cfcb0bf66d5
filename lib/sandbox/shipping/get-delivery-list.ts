import type { TokenCall } from "@/lib/sandbox/open-api/token-call";

/** POST /cgi-bin/express/delivery/open_msg/get_delivery_list (获取运力 id 列表): what express_company may say. Some of the real list. */
export const getDeliveryList: TokenCall = {
  about: () => null,
  execute: () => ({ errcode: 0, errmsg: "ok", delivery_list: companies, count: companies.length }),
};

const companies = [
  ["SF", "顺丰"],
  ["ZTO", "中通"],
  ["YTO", "圆通"],
  ["STO", "申通"],
  ["YD", "韵达"],
  ["JD", "京东"],
  ["EMS", "EMS"],
  ["YZPY", "邮政包裹"],
  ["DBL", "德邦"],
  ["JTSD", "极兔"],
  ["HTKY", "百世"],
  ["OTHER", "其他"],
].map(([delivery_id, delivery_name]) => ({ delivery_id, delivery_name }));
