// Demo pictures: draws every scene of scenes.js in headless Chromium and writes KEY.jpg + KEY.thumb.jpg.
//
// How to run (playwright-core lives outside the repository):
//   mkdir $HOME/demo-pictures-npm && (cd $HOME/demo-pictures-npm && npm init -y && npm i playwright-core)
//   PLAYWRIGHT_FROM=$HOME/demo-pictures-npm node scripts/demo-pictures/render.mjs [KEY ...]
// Optional: CHROMIUM=/usr/bin/chromium  JOBS=2  SAMPLES=8 (rays per pixel)  ZOOM=1.33 (traced at 900 px, enlarged to 1200; 1 = slower, sharper)
//           PREVIEW=DIR  small quick pictures and a contact sheet in DIR instead of the real ones
import { createRequire } from 'node:module';
import { mkdirSync, writeFileSync, readFileSync, existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { chromium } = createRequire(join(resolve(process.env.PLAYWRIGHT_FROM || '.'), 'index.js'))('playwright-core');
const preview = process.env.PREVIEW, out = preview || join(here, '../../Marketplace.Web/Data/Demo/pictures');
const [width, height] = preview ? [480, 360] : [1200, 900], samples = +(process.env.SAMPLES || 8), zoom = +(process.env.ZOOM || (preview ? 1 : 4 / 3)), jobs = +(process.env.JOBS || 2);
mkdirSync(out, { recursive: true });

const open = () => chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const pageUrl = pathToFileURL(join(here, 'page.html')).href;

// Largest quality that stays within the size wanted.
async function save(page, file, scale, quality, limit) {
  let data;
  for (let q = quality; q > .4; q -= .05) {
    data = Buffer.from(await page.evaluate(([a, b]) => jpeg(a, b), [q, scale]), 'base64');
    if (data.length <= limit) break;
  }
  writeFileSync(file, data);
  return data.length;
}

const first = await open();
const probe = await first.newPage();
await probe.goto(pageUrl);
const all = await probe.evaluate(() => Scenes.keys());
await probe.close();
const wanted = process.argv.slice(2), queue = wanted.length ? wanted.filter(k => all.includes(k) || console.log('unknown', k)) : [...all];
let total = 0;

async function worker(browser) {
  const page = await browser.newPage({ viewport: { width: 400, height: 300 } });
  page.setDefaultTimeout(600000);
  page.on('pageerror', e => console.log('page error', e.message));
  await page.goto(pageUrl);
  for (let key; (key = queue.shift());) {
    const t = Date.now();
    try {
      const triangles = await page.evaluate(a => shoot(...a), [key, width, height, samples, zoom]);
      const big = await save(page, join(out, `${key}.jpg`), 1, .78, 112000);
      const small = preview ? 0 : await save(page, join(out, `${key}.thumb.jpg`), .4, .8, 25000);
      total += big + small;
      console.log(key, `${triangles} triangles`, `${((Date.now() - t) / 1000).toFixed(1)} s`, big, small);
    } catch (e) { console.log(key, 'FAILED', e.message.split('\n').slice(0, 4).join(' | ')); }
  }
  await browser.close();
}
const browsers = [first];
for (let i = 1; i < jobs; i++) browsers.push(await open());
await Promise.all(browsers.map(worker));
console.log('total bytes', total);

if (process.env.SHEET || preview) {
  const browser = await open(), page = await browser.newPage({ viewport: { width: 1500, height: 400 } });
  const list = (wanted.length ? wanted : all).filter(k => existsSync(join(out, `${k}.jpg`)));
  const w = list.length > 9 ? 290 : 480;
  await page.setContent(`<body style="margin:6px;background:#fff;font:12px sans-serif;display:flex;flex-wrap:wrap;gap:6px">${list.map(k => `<figure style="margin:0"><img width=${w} height=${w * .75} style="border-radius:6px" src="data:image/jpeg;base64,${readFileSync(join(out, `${k}.jpg`)).toString('base64')}"><figcaption>${k}</figcaption></figure>`).join('')}`);
  await page.screenshot({ path: process.env.SHEET || join(out, 'sheet.png'), type: 'png', fullPage: true });
  await browser.close();
}
