import { randomUUID } from 'node:crypto';

export const number = (name, fallback) => Number(process.env[name] ?? fallback);
export const pause = (ms) => new Promise((next) => setTimeout(next, ms));
// Version 7, as the composer makes them.
export const uuid = () => { const at = Date.now().toString(16).padStart(12, '0'); return `${at.slice(0, 8)}-${at.slice(8)}-7${randomUUID().slice(15)}`; };
export const percentile = (values, p) => values[Math.min(values.length - 1, Math.floor(values.length * p))];

export async function many(count, make, atOnce = 8) {
  const made = [];
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => { while (next < count) made.push(await make(next++)); }));
  return made;
}
