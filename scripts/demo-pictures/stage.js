/* Materials, rooms, light and small props shared by the demo scenes (plain script, after tracer.js). */
(function (root) {
  'use strict';
  const { Mesh, rgb, mix, noise, fbm, hash, clamp, smooth, norm, cross, sub, mul, spline, lerp, PI, TAU } = Tracer;

  // ---------- materials ----------
  const M = (color, o = {}) => { const m = { rough: .6, spec: .04, ...o, color: typeof color === 'string' ? rgb(color) : color }; m.needQ = typeof m.color === 'function' || m.cut || m.tilt; return m; };
  const metal = (c = '#c9ccd0', rough = .22, o = {}) => M(c, { metal: true, rough, ...o });
  const gloss = (c, rough = .12, o = {}) => M(c, { rough, spec: .05, ...o });
  const rubber = (c = '#1b1b1c') => M(c, { rough: .75, spec: .03 });
  const fabric = (c, s = 260, a = .55, vary = .12) => { const k = rgb(c); return M((q, p) => { const f = 1 + (fbm(p[0] * 5, p[1] * 5, p[2] * 5) - .5) * vary * 2 + (noise(p[0] * s * 1.3, p[1] * s * 1.3, p[2] * s * 1.3) - .5) * vary; return mul(k, f); }, { rough: 1, spec: .02, bump: [s, a], sheen: .06 }); };
  /** Wood with grain along an axis of the world (0,1,2); s: grain per metre. */
  const wood = (c1, c2, axis = 0, s = 26, o = {}) => { const a = rgb(c1), b = rgb(c2); return M((q, p) => { const k = [s, s, s]; k[axis] = s * .05; const x = p[0] * k[0], y = p[1] * k[1], z = p[2] * k[2], n = fbm(x, y, z), r = .5 + .5 * Math.sin((n * 9 + (x + y + z) * .12) * 2.2), f = noise(x * 7, y * 7, z * 7); return mix(a, b, clamp(n * .55 + r * .28 + f * .22)); }, { rough: .42, spec: .04, ...o }); };
  const planks = (c1, c2, w = .16, len = 1.3, dir = 0, o = {}) => { const a = rgb(c1), b = rgb(c2); return M((q, p) => {
    const x = p[dir], y = p[dir ? 0 : 2], row = Math.floor(y / w), xo = x + hash(row, 3, 1) * len * 3, col = Math.floor(xo / len), sh = hash(row, col, 5), fy = y / w - row, fx = xo / len - col;
    const g = fbm(xo * 1.6 + sh * 31, row * 7.3, y * 45) * .5 + noise(xo * 5, row, y * 190) * .2, gap = Math.min(fy, 1 - fy) * w < .0022 || Math.min(fx, 1 - fx) * len < .0018 ? .35 : 1;
    return mul(mix(a, b, clamp(sh * .55 + g * .75 - .05)), gap); }, { rough: .38, spec: .04, bump: [9, .02], ...o }); };
  const tiles = (c, grout, w = .3, h = w, plane = 'xz', o = {}) => { const a = rgb(c), b = rgb(grout), [i, j] = plane === 'xz' ? [0, 2] : plane === 'xy' ? [0, 1] : [2, 1]; return M((q, p) => { const row = Math.floor(p[j] / h), x = p[i] / w + (o.brick ? row % 2 * .5 : 0), k = Math.floor(x), gx = Math.min(x - k, 1 - x + k) * w, gy = Math.min(p[j] / h - row, 1 - p[j] / h + row) * h, e = o.gap || .003; return gx < e || gy < e ? mul(b, .9 + .2 * noise(p[0] * 90, p[1] * 90, p[2] * 90)) : mul(a, .88 + .2 * hash(row, k, 2) * (o.vary || 1) + .1 * fbm(p[0] * 14, p[1] * 14, p[2] * 14)); }, { rough: .25, spec: .045, ...o }); };
  const paint = (c, o = {}) => { const k = rgb(c); return M((q, p) => mul(k, .95 + .1 * fbm(p[0] * 1.1, p[1] * 1.1, p[2] * 1.1)), { rough: .9, spec: .025, bump: [70, .05], ...o }); };
  const brick = c => tiles(c, '#b9aea0', .23, .075, 'xy', { brick: 1, gap: .006, vary: 2.4, rough: .95, spec: .02, bump: [60, .5] });
  const carpet = (c, c2 = c) => { const a = rgb(c), b = rgb(c2); return M((q, p) => mul(mix(a, b, smooth(.35, .65, fbm(p[0] * 6, 0, p[2] * 6))), .75 + .5 * noise(p[0] * 170, p[1] * 170, p[2] * 170)), { rough: 1, spec: .01, bump: [160, 1.1] }); };
  const stone = (c, c2, s = 5, o = {}) => { const a = rgb(c), b = rgb(c2); return M((q, p) => mix(a, b, clamp(fbm(p[0] * s, p[1] * s, p[2] * s) * .7 + (noise(p[0] * s * 24, p[1] * s * 24, p[2] * s * 24) > .74 ? .5 : 0))), { rough: .35, spec: .04, ...o }); };
  const glow = (fn, k = 1, o = {}) => M(fn, { emit: k, rough: .05, spec: .04, gloss: true, ...o });

  // ---------- light ----------
  /** A window / lamp rectangle at c that faces the point to. */
  const win = (c, to, w, h, k, tint = '#ffffff', o = {}) => { const n = norm(sub(to, c)), u0 = norm(cross([0, 1, .0001], n)), v0 = cross(n, u0); return { c, u: mul(u0, w), v: mul(v0, h), e: mul(rgb(tint), k), ...o }; };
  /** Light bouncing about the part of the room the camera does not see. */
  const indoor = (k = .5, tint = '#fff4e6') => { const t = rgb(tint); return d => {
    const az = Math.atan2(d[0], d[2]); let v = .5 + .42 * d[1] + .22 * Math.max(0, -d[0]);
    if (d[1] < -.1) v *= .75; v *= .82 + .3 * smooth(-.2, .2, Math.sin(az * 3 + .8)); if (d[2] > .3 && Math.abs(az + .75) < .28 && d[1] > -.05 && d[1] < .5) v += 1.3; if (d[1] > .88) v += .5;
    return mul(t, k * v); }; };
  const sky = (k = 1, top = '#6fa4dc', low = '#e6eef5', ground = '#6d7355') => { const a = rgb(top), b = rgb(low), g = rgb(ground); return d => mul(d[1] < 0 ? mul(g, .55) : mix(b, a, Math.pow(d[1], .5)), k); };

  // ---------- rooms ----------
  const plane = (m, c, w, d, mat, up = 'y') => { const [x, y, z] = c, a = w / 2, b = d / 2; const pts = up === 'y' ? [[x - a, y, z - b], [x + a, y, z - b], [x + a, y, z + b], [x - a, y, z + b]] : up === 'z' ? [[x - a, y - b, z], [x + a, y - b, z], [x + a, y + b, z], [x - a, y + b, z]] : [[x, y - b, z - a], [x, y - b, z + a], [x, y + b, z + a], [x, y + b, z - a]]; const n = up === 'y' ? [0, 1, 0] : up === 'z' ? [0, 0, 1] : [1, 0, 0]; const v = pts.map(p => m.vert(p, n, p)); m.quad(v[0], v[1], v[2], v[3], mat); };
  function room(m, o) {
    const z = o.z === undefined ? -1.2 : o.z; plane(m, [0, 0, 0], 24, 24, o.floor); plane(m, [0, 3, z], 24, 12, o.wall, 'z');
    if (o.skirting) { m.at(0, .05, z + .009, () => m.box(24, o.skirtH || .1, .018, o.skirting, .004)); }
    if (o.side) plane(m, [o.side.x, 3, 4], 12, 12, o.side.mat || o.wall, 'x');
  }

  // ---------- props (metres unless scaled) ----------
  const rr = (w, h, r, n = 6) => { const p = []; for (let q = 0; q < 4; q++) for (let i = 0; i <= n; i++) { const a = (q * 90 + 90 * i / n) * PI / 180; p.push([(q === 0 || q === 3 ? 1 : -1) * (w / 2 - r) + r * Math.cos(a), (q < 2 ? 1 : -1) * (h / 2 - r) + r * Math.sin(a)]); } return p; };
  const curve = (pts, n = 8, closed = true) => spline(pts, n, closed);
  function frame(m, x, y, z, w, h, art, wood = M('#2a2522', { rough: .4 })) { m.at(x, y, z, () => { for (const s of [-1, 1]) { m.at(s * (w / 2), 0, .012, () => m.box(.022, h + .022, .024, wood, .003)); m.at(0, s * h / 2, .012, () => m.box(w + .022, .022, .024, wood, .003)); } plane(m, [0, 0, .004], w, h, art, 'z'); }); }
  const art = (bg, cols, seed = 1) => { const b = rgb(bg), k = cols.map(rgb); return M((q, p) => { const x = q[0] * 7 + seed * 9.7, y = q[1] * 7; for (let i = 0; i < k.length; i++) if (fbm(x + i * 13, y + i * 5, seed) > .56) return k[i]; return b; }, { rough: .5 }); };
  function plant(m, x, z, h, o = {}) {
    const leaf = M(o.leaf || '#3f6b35', { rough: .45, spec: .05 }), leaf2 = M(o.leaf2 || '#567f3f', { rough: .5 }), pot = M(o.pot || '#c9b8a2', { rough: .7 }), n = o.n || 22, y0 = o.y || 0, r = o.r || h * .16;
    m.at(x, y0, z, () => {
      m.lathe([[0, 0], [r * .75, 0], [r, h * .26], [r * .9, h * .26], [r * .88, h * .23], [0, h * .23]], pot, 28);
      for (let i = 0; i < n; i++) { const a = i * 2.4 + hash(i, 1, 4) * .6, len = h * (.5 + .4 * hash(i, 2, 4)), out = .18 + .55 * hash(i, 3, 4), w = (o.w || .055) * h * (.8 + .4 * hash(i, 4, 4));
        m.grid(3, 8, (u, v) => { const s = v * len, dr = out * s * (.4 + v * .6), wy = h * .2 + s * (1 - out * .55 * v), ww = w * Math.sin(PI * Math.pow(v, .8)) * (u - .5) * 2 + (v < .1 ? .002 : 0), rd = Math.abs(u - .5) * w * .3; return [Math.cos(a) * dr - Math.sin(a) * ww, wy + rd, Math.sin(a) * dr + Math.cos(a) * ww]; }, i % 3 ? leaf : leaf2); }
    });
  }
  function mug(m, x, y, z, s, c = '#e9e4da', liquid) { const g = gloss(c, .15); m.at(x, y, z, [0, -35, 0], () => { m.lathe([[0, 0], [.036, 0], [.04, .006], [.041, .09], [.038, .092], [.037, .012], [0, .012]], g, 32); if (liquid) m.at(0, .078, 0, [-90, 0, 0], () => m.disc(.0375, gloss(liquid, .05))); m.tube(spline([[.038, .075, 0], [.062, .072, 0], [.068, .045, 0], [.055, .022, 0], [.038, .022, 0]], 5), .006, g); }, s); }
  function bookAt(m, w, h, d, c, bands, pages = '#e6dcc3') { // spine towards +Z, centred at the bottom
    const k = rgb(c), gold = rgb('#b08a3c'), side = M(c, { rough: .5, bump: [240, .12] }), cover = M((q, p) => { if (!bands) return k; const t = q[1] / h; for (const b of bands) if (Math.abs(t - b) < .011) return gold; return mul(k, .85 + .3 * fbm(p[0] * 30, p[1] * 30, p[2] * 30)); }, { rough: .48, spec: .05, bump: [240, .12] });
    m.at(0, h / 2, 0, () => { for (const s of [-1, 1]) m.at(s * (w / 2 - .0015), 0, 0, () => m.box(.003, h, d, side, .001)); m.at(0, 0, d / 2 - .006, () => m.box(w, h, .014, cover, .006)); m.at(0, 0, -.003, () => m.box(w - .005, h - .008, d - .012, M((q) => mul(rgb(pages), .86 + .2 * noise(q[0] * 900, q[1] * 3, 1)), { rough: .95 }), .001)); });
  }
  function curtain(m, x, z, w, h, c, rot = 0) { const f = fabric(c, 120, .2, .06); m.at(x, 0, z, [0, rot, 0], () => m.grid(90, 6, (u, v) => [(u - .5) * w, .03 + v * h, .045 * Math.sin(u * w * 34 + Math.sin(u * 9) * 1.4) * (1.15 - v * .4)], f)); }
  function radiator(m, x, z, w, h, y = .12) { const p = gloss('#eeece6', .35); m.at(x, y + h / 2, z, () => { const n = Math.round(w / .06); for (let i = 0; i < n; i++) m.at((i - (n - 1) / 2) * .06, 0, 0, () => m.box(.046, h, .08, p, .018)); m.at(0, -h / 2 + .04, 0, () => m.box(w, .03, .03, p, .01)); m.at(0, h / 2 - .04, 0, () => m.box(w, .03, .03, p, .01)); }); }
  function rug(m, x, z, w, d, mat, round) { m.at(x, .006, z, () => round ? m.lathe([[0, .006], [w / 2, .006], [w / 2 + .008, -.005]], mat, 64) : m.box(w, .014, d, mat, .006)); }
  function door(m, x, z, c = '#efece4') { const p = gloss(c, .4); m.at(x, 1.02, z, () => { m.box(.86, 2.04, .05, p, .004); for (const y of [-.5, .42]) m.at(0, y, .02, () => { m.box(.6, .74, .03, p, .014); }); for (const s of [-1, 1]) m.at(s * .48, .02, .01, () => m.box(.09, 2.1, .07, p, .006)); m.at(0, 1.07, .01, () => m.box(1.05, .09, .07, p, .006)); m.at(.35, -.03, .06, () => { m.rod([0, 0, -.03], [0, 0, .03], .01, metal()); m.rod([0, 0, .03], [-.11, 0, .03], .009, metal()); }); }); }
  function socket(m, x, y, z) { m.at(x, y, z, () => { m.box(.08, .08, .014, gloss('#f3f1ec', .3), .004); m.at(0, 0, .0075, () => m.disc(.02, M('#d8d5cd'))); }); }
  function box(m, x, y, z, w, h, d, mat, r, rot) { m.at(x, y + h / 2, z, rot || [0, 0, 0], () => m.box(w, h, d, mat, r)); }

  root.Stage = { M, metal, gloss, rubber, fabric, wood, planks, tiles, paint, brick, carpet, stone, glow, win, indoor, sky, plane, room, rr, curve, frame, art, plant, mug, bookAt, curtain, radiator, rug, door, socket, box };
})(globalThis);
