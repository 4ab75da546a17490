import { PriceEditor } from './price-editor.js';

/** A new price rule. */
export default function NewPriceRule() {
  return <PriceEditor />;
}
