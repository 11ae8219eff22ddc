import { boundedMap } from './bounded';

const REMEMBERED_MAX = 2_000;

/**
 * Teams sends a slow activity again after 15 s, under the same id, while the first is still being worked on (msteams-docs
 * #6084): the second delivery waits for the first one's answer. Only a comfort, and lost with the process: what must not
 * happen twice is kept apart by the receipts in the database. What failed is forgotten, so that it can be tried again.
 */
export function openOnceOnly<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const deliveries = boundedMap<Promise<T>>(REMEMBERED_MAX);
  return (key, work) => {
    const earlier = deliveries.get(key);
    if (earlier !== undefined) return earlier;
    const delivery = work();
    deliveries.set(key, delivery);
    delivery.catch(() => deliveries.delete(key));
    return delivery;
  };
}
