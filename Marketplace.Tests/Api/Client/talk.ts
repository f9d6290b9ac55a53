// A client generated from the OpenAPI document alone; it must compile.
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.js';

declare const process: { argv: string[] };

type Api = Client<paths>;

function given<T>(answer: { data?: T; error?: components['schemas']['ProblemDetails'] }, status?: number): T {
  if (answer.data === undefined) throw new Error(`refused: ${answer.error?.code} ${answer.error?.detail} ${status ?? ''}`);
  return answer.data;
}

function same<T>(what: string, expected: T, actual: T): void {
  const [one, other] = [JSON.stringify(expected), JSON.stringify(actual)];
  if (one !== other) throw new Error(`${what}: ${one} expected, ${other} found`);
}

async function enter(baseUrl: string, email: string, password: string): Promise<Api> {
  const visitor = createClient<paths>({ baseUrl });
  const tokens = given(await visitor.POST('/api/account/login', { body: { email, password } }));
  const renewed = given(await visitor.POST('/api/account/refresh', { body: { refreshToken: tokens.refreshToken } }));
  return createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${renewed.accessToken}` } });
}

async function talk(base: string, listing: number, seller: string, buyer: string, password: string): Promise<void> {
  const [hers, his] = [await enter(base, seller, password), await enter(base, buyer, password)];
  const me = given(await his.GET('/api/account/me'));
  same('who is signed in', buyer, me.email);

  const found = given(await his.GET('/api/listings', { params: { query: { limit: 100 } } }));
  const offer = found.items.find((one) => one.id === listing);
  same('the state of the listing', 'active', offer?.state);

  const path = { id: given(await his.POST('/api/listings/{id}/rooms', { params: { path: { id: listing } } })).id };
  const body = { clientId: '018f0000-0000-7000-8000-000000000001', body: '¿Sigue disponible? 🙂' };
  const sent = await his.POST('/api/rooms/{id}/messages', { params: { path }, body });
  const again = await his.POST('/api/rooms/{id}/messages', { params: { path }, body });
  same('first stored, then repeated', [201, 200], [sent.response.status, again.response.status]);
  same('sending twice is sending once', given(sent), given(again));

  const { seq } = given(sent);
  const reply = { clientId: '018f0000-0000-7000-8000-000000000002', body: 'Sí', replyTo: seq };
  const answer = given(await hers.POST('/api/rooms/{id}/messages', { params: { path }, body: reply }));
  same('what it answers', seq, answer.quote?.seq);
  given(await his.PUT('/api/rooms/{id}/messages/{seq}/reaction', { params: { path: { ...path, seq: answer.seq } }, body: { sign: '👍' } }));
  given(await his.PUT('/api/rooms/{id}/messages/{seq}', { params: { path: { ...path, seq } }, body: { body: '¿La tienes aún?' } }));
  given(await hers.DELETE('/api/rooms/{id}/messages/{seq}', { params: { path: { ...path, seq: answer.seq } } }));

  const missed = given(await his.GET('/api/rooms/{id}/messages', { params: { path, query: { changedAfter: 0, limit: 10 } } }));
  same('what changed, in the order of rev', [seq, answer.seq], missed.items.map((one) => one.seq));
  same('a tombstone', true, typeof missed.items[1]?.deletedAt === 'string');
  const words = given(await hers.GET('/api/messages', { params: { query: { q: 'tienes' } } }));
  same('found by a word', [seq], words.items.map((one) => one.seq));

  const before = given(await hers.GET('/api/rooms')).items.find((one) => one.id === path.id);
  same('unread', 1, before?.unread);
  const read = await hers.PUT('/api/rooms/{id}/read', { params: { path }, body: { seq: 99 } });
  same('marked as read', 204, read.response.status);

  const refused = await his.POST('/api/rooms/{id}/messages', { params: { path }, body: { ...body, clientId: reply.clientId, body: ' ' } });
  same('a refusal has a code and a sentence', ['invalid', true], [refused.error?.code, (refused.error?.detail ?? '').length > 0]);
  const nowhere = await his.GET('/api/rooms/{id}/messages', { params: { path: { id: 0 } } });
  same('a room that is not there', [404, 'not_found'], [nowhere.response.status, nowhere.error?.code]);
}

const [, , base = '', listing = '', seller = '', buyer = '', password = ''] = process.argv;
await talk(base, Number(listing), seller, buyer, password);
console.log('talked');
