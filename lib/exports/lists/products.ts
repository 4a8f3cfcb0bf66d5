import {
  type ListedProduct,
  type ListedVariant,
  listProductsForDesk,
} from "@/lib/catalog/list-products-for-desk";
import { productStates } from "@/lib/catalog/product-filter";
import { productKinds } from "@/lib/db/schema/catalog";
import { readParameters } from "@/lib/http/read-parameters";
import { everyPage, exportedList } from "../exported-list";

/** A row for each variant: it is what has a price and a stock. */
export const productList = exportedList<{ product: ListedProduct; variant: ListedVariant }>({
  permission: "products.read",
  typed: ["q"],
  columns: {
    sku: ({ variant }) => variant.sku,
    product: ({ product }) => product.title,
    variant: ({ variant }) => variant.title,
    kind: ({ product }, { words }) => words.desk.board.kinds[product.kind],
    sale: ({ product, variant }, { words }) =>
      product.onSale && variant.onSale ? words.exports.products.onSale : words.exports.products.offSale,
    priceFen: ({ variant }) => ({ fen: variant.priceFen }),
    onHand: ({ variant }) => variant.onHand,
    allocated: ({ variant }) => variant.allocated,
    available: ({ variant }) => variant.onHand - variant.allocated,
    codesLeft: ({ variant }) => (variant.deliveredAs === "codes" ? variant.codesLeft : null),
    slug: ({ product }) => product.slug,
    updatedAt: ({ product }) => product.updatedAt,
  },
  read(shop, query) {
    const { madeUp, oneOf, read } = readParameters(query);
    const filter = {
      state: oneOf("state", productStates),
      kind: oneOf("kind", productKinds),
      search: read("q", (text) => text),
    };
    const pages = everyPage(async (before?: number) => {
      const { products, older: next } = await listProductsForDesk(shop, { ...filter, before });
      const rows = products.flatMap((product) => product.variants.map((variant) => ({ product, variant })));
      return { rows, next };
    });
    return { madeUp, pages };
  },
});
