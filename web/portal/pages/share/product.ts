import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Search } from '../../../ui/search.js';

/** What the page is about, as it stands in the address: a shop may link here with all of it. */
export interface Product {
  /** Of which shop, by its id. */
  storefront: string;
  /** Address of the page in the shop. */
  to: string;
  name: string;
  sku: string;
  category: string;
  /** List price as people write it, `128.00`. */
  price: string;
}

const FIELDS = ['storefront', 'to', 'name', 'sku', 'category', 'price'] as const satisfies (keyof Product)[];
const PAUSE_MS = 400;

function productOf(search: Search): Product {
  return Object.fromEntries(FIELDS.map((field) => [field, search[field] ?? ''])) as unknown as Product;
}

/** The product as it is typed, and as it stands in the address since the last pause in typing. */
export function useProduct() {
  const search: Search = useSearch({ strict: false });
  const kept = productOf(search);
  const [typed, setTyped] = useState(kept);
  const navigate = useNavigate();
  const changed = FIELDS.some((field) => typed[field].trim() !== kept[field]);
  useEffect(() => {
    if (!changed) return;
    const said = Object.fromEntries(FIELDS.map((field) => [field, typed[field].trim()]));
    const timer = setTimeout(() => void navigate({ to: '/share', search: said, replace: true }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [changed, typed, navigate]);
  return { typed, kept, change: (some: Partial<Product>) => setTyped((before) => ({ ...before, ...some })) };
}
