/** A map that forgets what was put in first once it holds `max` entries. */
export function boundedMap<V>(max: number): Pick<Map<string, V>, 'get' | 'set' | 'delete'> {
  const entries = new Map<string, V>();
  return {
    get: (key) => entries.get(key),
    delete: (key) => entries.delete(key),
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > max && oldest !== undefined) entries.delete(oldest);
      return entries;
    },
  };
}
