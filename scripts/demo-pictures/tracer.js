/* A small path tracer for the demo pictures: meshes in, pixels out.
 * Plain script, no dependencies: loaded by page.html (and usable from Node for quick previews).
 *   Mesh    collects triangles through a few modelling primitives (metres, Y up)
 *   render  traces a scene, smooths the noise, and returns RGBA bytes
 */
(function (root) {
  'use strict';
  const PI = Math.PI, TAU = PI * 2;

  // ---------- small maths ----------
  const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  const mul = (a, k) => [a[0] * k, a[1] * k, a[2] * k];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
  const norm = a => { const l = Math.hypot(a[0], a[1], a[2]) || 1; return [a[0] / l, a[1] / l, a[2] / l]; };
  const lerp = (a, b, t) => a + (b - a) * t;
  const mix = (a, b, t) => [lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t)];
  const clamp = (x, a = 0, b = 1) => x < a ? a : x > b ? b : x;
  const smooth = (a, b, x) => { const t = clamp((x - a) / (b - a)); return t * t * (3 - 2 * t); };
  /** '#rrggbb' (sRGB) to linear RGB. */
  const rgb = h => (h.length === 4 ? h = '#' + h[1] + h[1] + h[2] + h[2] + h[3] + h[3] : 0, [1, 3, 5].map(i => Math.pow(parseInt(h.substr(i, 2), 16) / 255, 2.2)));

  // ---------- value noise ----------
  const hash = (x, y, z) => {
    let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 1274126177);
    h = Math.imul(h ^ (h >>> 13), 1274126177); h ^= h >>> 16;
    return (h >>> 0) / 4294967296;
  };
  const noise = (x, y = 0, z = 0) => {
    const xi = Math.floor(x), yi = Math.floor(y), zi = Math.floor(z);
    let u = x - xi, v = y - yi, w = z - zi; u = u * u * (3 - 2 * u); v = v * v * (3 - 2 * v); w = w * w * (3 - 2 * w);
    const a = lerp(lerp(hash(xi, yi, zi), hash(xi + 1, yi, zi), u), lerp(hash(xi, yi + 1, zi), hash(xi + 1, yi + 1, zi), u), v);
    const b = lerp(lerp(hash(xi, yi, zi + 1), hash(xi + 1, yi, zi + 1), u), lerp(hash(xi, yi + 1, zi + 1), hash(xi + 1, yi + 1, zi + 1), u), v);
    return lerp(a, b, w);
  };
  const fbm = (x, y = 0, z = 0) => noise(x, y, z) * .53 + noise(x * 2.1, y * 2.1, z * 2.1 + 7) * .3 + noise(x * 4.3, y * 4.3, z * 4.3 + 3) * .17;

  // ---------- curves ----------
  /** Catmull-Rom through the points (2D or 3D), n samples per span. */
  function spline(pts, n = 8, closed = false) {
    const N = pts.length, out = [], D = pts[0].length;
    const at = i => closed ? pts[(i + N) % N] : pts[clamp(i, 0, N - 1)];
    for (let i = 0; i < (closed ? N : N - 1); i++) for (let k = 0; k < n; k++) {
      const t = k / n, a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2), p = [];
      for (let j = 0; j < D; j++) p.push(.5 * (2 * b[j] + (c[j] - a[j]) * t + (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t * t + (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t * t * t));
      out.push(p);
    }
    if (!closed) out.push(pts[N - 1].slice());
    return out;
  }

  // ---------- meshes ----------
  class Mesh {
    constructor() { this.P = []; this.N = []; this.Q = []; this.I = []; this.MI = []; this.mats = []; this.m = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]; }
    /** Runs fn in a moved / rotated (degrees, order Y X Z) / scaled frame. */
    at(x, y, z, rot, fn, s = 1) {
      if (typeof rot === 'function') { s = fn === undefined ? 1 : fn; fn = rot; rot = [0, 0, 0]; }
      const S = Array.isArray(s) ? s : [s, s, s], [a, b, c] = rot.map(d => d * PI / 180);
      const ca = Math.cos(a), sa = Math.sin(a), cb = Math.cos(b), sb = Math.sin(b), cc = Math.cos(c), sc = Math.sin(c);
      const X = [1, 0, 0, 0, ca, -sa, 0, sa, ca], Y = [cb, 0, sb, 0, 1, 0, -sb, 0, cb], Z = [cc, -sc, 0, sc, cc, 0, 0, 0, 1];
      const m3 = (A, B) => { const r = []; for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) r.push(A[i * 3] * B[j] + A[i * 3 + 1] * B[3 + j] + A[i * 3 + 2] * B[6 + j]); return r; };
      const R = m3(m3(Y, X), Z), o = this.m, k = [], T = [x, y, z];
      for (let i = 0; i < 3; i++) {
        for (let j = 0; j < 3; j++) k.push((o[i * 4] * R[j] + o[i * 4 + 1] * R[3 + j] + o[i * 4 + 2] * R[6 + j]) * S[j]);
        k.push(o[i * 4] * T[0] + o[i * 4 + 1] * T[1] + o[i * 4 + 2] * T[2] + o[i * 4 + 3]);
      }
      this.m = k; fn(); this.m = o; return this;
    }
    mat(M) { let i = this.mats.indexOf(M); if (i < 0) { i = this.mats.length; this.mats.push(M); } return i; }
    vert(p, n, q) {
      const m = this.m, P = this.P;
      P.push(m[0] * p[0] + m[1] * p[1] + m[2] * p[2] + m[3], m[4] * p[0] + m[5] * p[1] + m[6] * p[2] + m[7], m[8] * p[0] + m[9] * p[1] + m[10] * p[2] + m[11]);
      const c0 = cross([m[1], m[5], m[9]], [m[2], m[6], m[10]]), c1 = cross([m[2], m[6], m[10]], [m[0], m[4], m[8]]), c2 = cross([m[0], m[4], m[8]], [m[1], m[5], m[9]]);
      const r = norm([c0[0] * n[0] + c1[0] * n[1] + c2[0] * n[2], c0[1] * n[0] + c1[1] * n[1] + c2[1] * n[2], c0[2] * n[0] + c1[2] * n[1] + c2[2] * n[2]]);
      this.N.push(r[0], r[1], r[2]); this.Q.push(q[0], q[1], q[2] || 0);
      return P.length / 3 - 1;
    }
    tri(a, b, c, M) { this.I.push(a, b, c); this.MI.push(this.mat(M)); }
    quad(a, b, c, d, M) { this.tri(a, b, c, M); this.tri(a, c, d, M); }

    /** Parametric surface fn(u,v) in 0..1; texture coordinate is (u,v). */
    grid(nu, nv, fn, M, closeU = false) {
      const p = [], n = [];
      for (let i = 0; i <= nu; i++) for (let j = 0; j <= nv; j++) { p.push(fn(i / nu, j / nv)); n.push([0, 0, 0]); }
      const id = (i, j) => i * (nv + 1) + j;
      for (let i = 0; i < nu; i++) for (let j = 0; j < nv; j++) {
        const q = [id(i, j), id(i + 1, j), id(i + 1, j + 1), id(i, j + 1)];
        const f = cross(sub(p[q[2]], p[q[0]]), sub(p[q[3]], p[q[1]]));
        for (const k of q) n[k] = add(n[k], f);
      }
      if (closeU) for (let j = 0; j <= nv; j++) { const s = add(n[id(0, j)], n[id(nu, j)]); n[id(0, j)] = s; n[id(nu, j)] = s; }
      const base = p.map((v, k) => this.vert(v, norm(n[k]), [Math.floor(k / (nv + 1)) / nu, (k % (nv + 1)) / nv, 0]));
      for (let i = 0; i < nu; i++) for (let j = 0; j < nv; j++) this.quad(base[id(i, j)], base[id(i + 1, j)], base[id(i + 1, j + 1)], base[id(i, j + 1)], M);
      return this;
    }
    /** Rounded box centred on the origin; texture coordinate is the local position. */
    box(w, h, d, M, r = .006, seg = 3) {
      r = Math.min(r, w / 2, h / 2, d / 2);
      const hx = w / 2 - r, hy = h / 2 - r, hz = d / 2 - r, lat = [], lon = [];
      for (const s of [-1, 1]) for (let i = 0; i <= seg; i++) lat.push([(s < 0 ? -90 + 90 * i / seg : 90 * i / seg) * PI / 180, s]);
      for (let q = 0; q < 4; q++) for (let i = 0; i <= seg; i++) lon.push([(q * 90 + 90 * i / seg) * PI / 180, q === 0 || q === 3 ? 1 : -1, q < 2 ? 1 : -1]);
      const g = lat.map(([a, sy]) => lon.map(([b, sx, sz]) => {
        const n = [Math.cos(a) * Math.cos(b), Math.sin(a), Math.cos(a) * Math.sin(b)], p = [sx * hx + n[0] * r, sy * hy + n[1] * r, sz * hz + n[2] * r];
        return this.vert(p, n, p);
      }));
      const L = lon.length;
      for (let i = 0; i + 1 < lat.length; i++) for (let j = 0; j < L; j++) this.quad(g[i][j], g[i][(j + 1) % L], g[i + 1][(j + 1) % L], g[i + 1][j], M);
      for (const row of [g[0], g[lat.length - 1]]) this.quad(row[0], row[seg + 1], row[2 * (seg + 1)], row[3 * (seg + 1)], M);
      return this;
    }
    /** Superellipsoid: e=1 ellipsoid, towards 0 boxier (cushions around .4). */
    ell(rx, ry, rz, M, e1 = 1, e2 = 1, nu = 28, nv = 18) {
      const s = (x, e) => Math.sign(x) * Math.pow(Math.abs(x), e);
      return this.grid(nu, nv, (u, v) => { const a = u * TAU, b = (v - .5) * PI; return [rx * s(Math.cos(b), e1) * s(Math.cos(a), e2), ry * s(Math.sin(b), e1), rz * s(Math.cos(b), e1) * s(Math.sin(a), e2)]; }, M, true);
    }
    /** Tube along 3D points. r: number, or t => number | [across, up]. o.smooth samples per span. */
    tube(pts, r, M, o = {}) {
      const cl = !!o.closed, p = o.smooth ? spline(pts, o.smooth, cl) : pts.map(x => x.slice()), n = p.length, seg = o.seg || 10;
      const T = p.map((_, i) => norm(sub(p[cl ? (i + 1) % n : Math.min(i + 1, n - 1)], p[cl ? (i - 1 + n) % n : Math.max(i - 1, 0)])));
      let U = o.up ? o.up : Math.abs(T[0][1]) < .9 ? [0, 1, 0] : [1, 0, 0];
      const rings = [], cnt = cl ? n + 1 : n; let len = 0;
      for (let k = 0; k < cnt; k++) {
        const i = k % n, t = T[i]; if (o.up && !o.free) U = o.up;
        U = norm(sub(U, mul(t, dot(U, t)))); const V = cross(t, U), rr = typeof r === 'function' ? r(k / (cnt - 1)) : r, [a, b] = Array.isArray(rr) ? rr : [rr, rr];
        if (k) len += Math.hypot(...sub(p[i], p[(k - 1) % n]));
        const ring = [];
        for (let j = 0; j <= seg; j++) { const w = j / seg * TAU, c = Math.cos(w), s = Math.sin(w); ring.push(this.vert(add(p[i], add(mul(V, c * a), mul(U, s * b))), norm(add(mul(V, c * b), mul(U, s * a))), [len, j / seg, k / (cnt - 1)])); }
        rings.push(ring);
      }
      for (let k = 0; k + 1 < cnt; k++) for (let j = 0; j < seg; j++) this.quad(rings[k][j], rings[k + 1][j], rings[k + 1][j + 1], rings[k][j + 1], M);
      if (!cl) for (const k of [0, n - 1]) {
        const c = this.vert(p[k], mul(T[k], k ? 1 : -1), [k ? len : 0, 0, k ? 1 : 0]);
        const e = []; for (let j = 0; j <= seg; j++) { const b = rings[k][j] * 3, m = this.m; this.m = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]; e.push(this.vert([this.P[b], this.P[b + 1], this.P[b + 2]], [this.N[c * 3], this.N[c * 3 + 1], this.N[c * 3 + 2]], [k ? len : 0, j / seg, k ? 1 : 0])); this.m = m; }
        for (let j = 0; j < seg; j++) this.tri(c, e[j], e[j + 1], M);
      }
      return this;
    }
    /** Straight rod between two points. */
    rod(a, b, r, M, r1 = r, seg = 12) { return this.tube([a, b], t => lerp(r, r1, t), M, { seg }); }
    ring(R, r, M, seg = 40, s2 = 10) { const p = []; for (let i = 0; i < seg; i++) p.push([R * Math.cos(i / seg * TAU), R * Math.sin(i / seg * TAU), 0]); return this.tube(p, r, M, { closed: true, seg: s2, up: [0, 0, 1] }); }
    /** Profile [[radius,y],...] turned around Y; texture coordinate (angle 0..1, height, radius). */
    lathe(prof, M, seg = 40, a0 = 0, a1 = TAU) {
      const sn = []; for (let i = 0; i + 1 < prof.length; i++) { const dx = prof[i + 1][0] - prof[i][0], dy = prof[i + 1][1] - prof[i][1], l = Math.hypot(dx, dy) || 1; sn.push([dy / l, -dx / l]); }
      const join = (i, k) => k >= 0 && k < sn.length && sn[i][0] * sn[k][0] + sn[i][1] * sn[k][1] > .75 ? [sn[i][0] + sn[k][0], sn[i][1] + sn[k][1]] : sn[i];
      for (let i = 0; i < sn.length; i++) {
        const e = [[prof[i], join(i, i - 1)], [prof[i + 1], join(i, i + 1)]].map(([p, n]) => {
          const l = Math.hypot(n[0], n[1]) || 1, row = [];
          for (let j = 0; j <= seg; j++) { const a = lerp(a0, a1, j / seg), c = Math.cos(a), s = Math.sin(a); row.push(this.vert([p[0] * c, p[1], p[0] * s], [n[0] / l * c, n[1] / l, n[0] / l * s], [j / seg, p[1], p[0]])); }
          return row;
        });
        for (let j = 0; j < seg; j++) this.quad(e[0][j], e[0][j + 1], e[1][j + 1], e[1][j], M);
      }
      return this;
    }
    /** Flat disc in the XY plane facing +Z. */
    disc(r, M, z = 0, seg = 40) { const c = this.vert([0, 0, z], [0, 0, 1], [0, 0, z]), v = []; for (let i = 0; i <= seg; i++) { const a = i / seg * TAU, p = [r * Math.cos(a), r * Math.sin(a), z]; v.push(this.vert(p, [0, 0, 1], p)); } for (let i = 0; i < seg; i++) this.tri(c, v[i], v[i + 1], M); return this; }
    /** Polygon in XY, thick in Z, with a small bevel; texture coordinate is the local position. */
    slab(poly, depth, M, bevel = .003, side = M) {
      let area = 0; const n = poly.length;
      for (let i = 0; i < n; i++) { const a = poly[i], b = poly[(i + 1) % n]; area += a[0] * b[1] - a[1] * b[0]; }
      if (area < 0) poly = poly.slice().reverse();
      const en = poly.map((a, i) => { const b = poly[(i + 1) % n], l = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1; return [(b[1] - a[1]) / l, -(b[0] - a[0]) / l]; });
      const vn = poly.map((_, i) => { const p = en[(i + n - 1) % n], q = en[i], k = 1 + p[0] * q[0] + p[1] * q[1]; return k < .3 ? [p[0] + q[0], p[1] + q[1]] : [(p[0] + q[0]) / k, (p[1] + q[1]) / k]; });
      const inn = poly.map((p, i) => [p[0] - vn[i][0] * bevel, p[1] - vn[i][1] * bevel]), z = depth / 2, tris = earclip(inn);
      for (const s of [1, -1]) { const id = inn.map(p => this.vert([p[0], p[1], s * z], [0, 0, s], [p[0], p[1], s * z])); for (const t of tris) this.tri(id[t[0]], id[t[1]], id[t[2]], M); }
      const bands = [[inn, z, poly, z - bevel, 1], [poly, z - bevel, poly, bevel - z, 0], [poly, bevel - z, inn, -z, -1]];
      for (const [A, za, B, zb, s] of bands) for (let i = 0; i < n; i++) {
        const j = (i + 1) % n, sm = (k, o) => { const d = en[k][0] * en[o][0] + en[k][1] * en[o][1]; return d > .7 ? [en[k][0] + en[o][0], en[k][1] + en[o][1]] : en[k]; };
        const n0 = sm(i, (i + n - 1) % n), n1 = sm(i, j), N = q => { const l = Math.hypot(q[0], q[1]) || 1; return norm([q[0] / l, q[1] / l, s]); };
        const v = (p, zz, q) => this.vert([p[0], p[1], zz], N(q), [p[0], p[1], zz]);
        this.quad(v(A[i], za, n0), v(A[j], za, n1), v(B[j], zb, n1), v(B[i], zb, n0), side);
      }
      return this;
    }
  }
  function earclip(p) {
    const id = p.map((_, i) => i), out = [], cr = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    let guard = 0;
    while (id.length > 3 && guard++ < 5000) {
      let done = false;
      for (let i = 0; i < id.length; i++) {
        const a = p[id[(i + id.length - 1) % id.length]], b = p[id[i]], c = p[id[(i + 1) % id.length]];
        if (cr(a, b, c) <= 1e-14) continue;
        let ok = true;
        for (const k of id) { const q = p[k]; if (q === a || q === b || q === c) continue; if (cr(a, b, q) >= 0 && cr(b, c, q) >= 0 && cr(c, a, q) >= 0) { ok = false; break; } }
        if (ok) { out.push([id[(i + id.length - 1) % id.length], id[i], id[(i + 1) % id.length]]); id.splice(i, 1); done = true; break; }
      }
      if (!done) id.splice(0, 1);
    }
    out.push([id[0], id[1], id[2]]);
    return out;
  }

  // ---------- bounding volume hierarchy ----------
  function buildBVH(m) {
    const n = m.MI.length, T = new Float32Array(n * 9), C = new Float32Array(n * 3), B = new Float32Array(n * 6), order = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      order[i] = i;
      for (let k = 0; k < 3; k++) {
        const a = m.P[m.I[i * 3] * 3 + k], b = m.P[m.I[i * 3 + 1] * 3 + k], c = m.P[m.I[i * 3 + 2] * 3 + k];
        B[i * 6 + k] = Math.min(a, b, c); B[i * 6 + 3 + k] = Math.max(a, b, c); C[i * 3 + k] = (B[i * 6 + k] + B[i * 6 + 3 + k]) / 2;
      }
    }
    const bounds = new Float32Array(n * 12 + 12), info = new Int32Array(n * 4 + 4); let nodes = 1;
    const area = b => { const x = b[3] - b[0], y = b[4] - b[1], z = b[5] - b[2]; return x * y + y * z + z * x; };
    const grow = (b, i) => { for (let k = 0; k < 3; k++) { if (B[i * 6 + k] < b[k]) b[k] = B[i * 6 + k]; if (B[i * 6 + 3 + k] > b[3 + k]) b[3 + k] = B[i * 6 + 3 + k]; } };
    const empty = () => [1e9, 1e9, 1e9, -1e9, -1e9, -1e9], join = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.min(a[2], b[2]), Math.max(a[3], b[3]), Math.max(a[4], b[4]), Math.max(a[5], b[5])];
    const work = [[0, 0, n]];
    while (work.length) {
      const [node, s, e] = work.pop(), b = empty(), cb = empty();
      for (let i = s; i < e; i++) { const t = order[i]; grow(b, t); for (let k = 0; k < 3; k++) { const c = C[t * 3 + k]; if (c < cb[k]) cb[k] = c; if (c > cb[3 + k]) cb[3 + k] = c; } }
      for (let k = 0; k < 6; k++) bounds[node * 6 + k] = b[k] + (k < 3 ? -1e-5 : 1e-5);
      let best = e - s <= 2 ? -1 : (e - s) * area(b) * 1.0, axis = -1, cut = 0; const K = 12;
      if (e - s > 2) for (let k = 0; k < 3; k++) {
        const w = cb[3 + k] - cb[k]; if (w < 1e-6) continue;
        const bb = [], cn = new Array(K).fill(0); for (let q = 0; q < K; q++) bb.push(empty());
        for (let i = s; i < e; i++) { const t = order[i], q = Math.min(K - 1, ((C[t * 3 + k] - cb[k]) / w * K) | 0); cn[q]++; grow(bb[q], t); }
        const R = []; let acc = empty(), c = 0; for (let q = K - 1; q > 0; q--) { acc = join(acc, bb[q]); c += cn[q]; R[q] = c ? c * area(acc) : 0; }
        acc = empty(); c = 0; for (let q = 1; q < K; q++) { acc = join(acc, bb[q - 1]); c += cn[q - 1]; if (!c || c === e - s) continue; const cost = c * area(acc) + R[q] + area(b) * .8; if (cost < best || (e - s > 16 && axis < 0)) { best = cost; axis = k; cut = cb[k] + w * q / K; } }
      }
      if (axis < 0) { info[node * 2] = s; info[node * 2 + 1] = e - s; continue; }
      let i = s, j = e - 1; while (i <= j) { if (C[order[i] * 3 + axis] < cut) i++; else { const t = order[i]; order[i] = order[j]; order[j--] = t; } }
      if (i === s || i === e) i = (s + e) >> 1;
      const l = nodes; nodes += 2; info[node * 2] = l; info[node * 2 + 1] = -1 - axis;
      work.push([l, s, i], [l + 1, i, e]);
    }
    for (let i = 0; i < n; i++) { const t = order[i], a = m.I[t * 3] * 3, b = m.I[t * 3 + 1] * 3, c = m.I[t * 3 + 2] * 3; for (let k = 0; k < 3; k++) { T[i * 9 + k] = m.P[a + k]; T[i * 9 + 3 + k] = m.P[b + k] - m.P[a + k]; T[i * 9 + 6 + k] = m.P[c + k] - m.P[a + k]; } }
    return { T, order, bounds: bounds.slice(0, nodes * 6), info: info.slice(0, nodes * 2) };
  }

  // ---------- rendering ----------
  function render(scene, W, H, spp) {
    const m = scene.mesh, { T, order, bounds, info } = buildBVH(m), I = Int32Array.from(m.I), NN = Float32Array.from(m.N), QQ = Float32Array.from(m.Q), MI = Int32Array.from(m.MI), mats = m.mats;
    const seed = new Int32Array([12345]), special = Uint8Array.from(order, t => mats[MI[t]].cut || mats[MI[t]].noShadow ? 1 : 0); const rnd = () => { const k = seed[0] = (seed[0] + 0x6D2B79F5) | 0; let t = Math.imul(k ^ k >>> 15, 1 | k); t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t; return ((t ^ t >>> 14) >>> 0) / 4294967296; };
    const stack = new Int32Array(128); let hT = 0, hI = -1, hU = 0, hV = 0;
    const texq = (tri, u, v) => { const t = order[tri] * 3, a = I[t] * 3, b = I[t + 1] * 3, c = I[t + 2] * 3, w = 1 - u - v; return [QQ[a] * w + QQ[b] * u + QQ[c] * v, QQ[a + 1] * w + QQ[b + 1] * u + QQ[c + 1] * v, QQ[a + 2] * w + QQ[b + 2] * u + QQ[c + 2] * v]; };
    function trace(ox, oy, oz, dx, dy, dz, tmax, any) {
      let best = tmax, bi = -1, bu = 0, bv = 0; const ix = 1 / dx, iy = 1 / dy, iz = 1 / dz; let sp = 0; stack[sp++] = 0;
      while (sp) {
        const nd = stack[--sp], o = nd * 6;
        const ax = (bounds[o] - ox) * ix, bx = (bounds[o + 3] - ox) * ix, ay = (bounds[o + 1] - oy) * iy, by = (bounds[o + 4] - oy) * iy, az = (bounds[o + 2] - oz) * iz, bz = (bounds[o + 5] - oz) * iz;
        let t0 = ax < bx ? ax : bx, t1 = ax > bx ? ax : bx, k0 = ay < by ? ay : by, k1 = ay > by ? ay : by; if (k0 > t0) t0 = k0; if (k1 < t1) t1 = k1; k0 = az < bz ? az : bz; k1 = az > bz ? az : bz; if (k0 > t0) t0 = k0; if (k1 < t1) t1 = k1;
        if (t1 < 0 || t0 > t1 || t0 > best) continue;
        const f = info[nd * 2], c = info[nd * 2 + 1];
        if (c < 0) { const d = c === -1 ? dx : c === -2 ? dy : dz; if (d > 0) { stack[sp++] = f + 1; stack[sp++] = f; } else { stack[sp++] = f; stack[sp++] = f + 1; } continue; }
        for (let i = f; i < f + c; i++) {
          const k = i * 9, e1x = T[k + 3], e1y = T[k + 4], e1z = T[k + 5], e2x = T[k + 6], e2y = T[k + 7], e2z = T[k + 8];
          const px = dy * e2z - dz * e2y, py = dz * e2x - dx * e2z, pz = dx * e2y - dy * e2x, det = e1x * px + e1y * py + e1z * pz;
          if (det > -1e-14 && det < 1e-14) continue;
          const inv = 1 / det, sx = ox - T[k], sy = oy - T[k + 1], sz = oz - T[k + 2], u = (sx * px + sy * py + sz * pz) * inv; if (u < 0 || u > 1) continue;
          const qx = sy * e1z - sz * e1y, qy = sz * e1x - sx * e1z, qz = sx * e1y - sy * e1x, v = (dx * qx + dy * qy + dz * qz) * inv; if (v < 0 || u + v > 1) continue;
          const t = (e2x * qx + e2y * qy + e2z * qz) * inv; if (t < 1e-5 || t >= best) continue;
          if (special[i]) { const M = mats[MI[order[i]]]; if (M.cut && M.cut(texq(i, u, v))) continue; if (any && M.noShadow) continue; }
          if (any) return true;
          best = t; bi = i; bu = u; bv = v;
        }
      }
      hT = best; hI = bi; hU = bu; hV = bv;
      return bi >= 0;
    }
    // surface data at the last hit
    let sx, sy, sz, nx, ny, nz, sm, col;
    function surface(ox, oy, oz, dx, dy, dz, rest) { // rest: seen only through a diffuse bounce, an average colour will do
      const i = hI, k = i * 9, t = order[i] * 3, a = I[t] * 3, b = I[t + 1] * 3, c = I[t + 2] * 3, w = 1 - hU - hV;
      sx = ox + dx * hT; sy = oy + dy * hT; sz = oz + dz * hT; sm = mats[MI[order[i]]];
      let gx = T[k + 4] * T[k + 8] - T[k + 5] * T[k + 7], gy = T[k + 5] * T[k + 6] - T[k + 3] * T[k + 8], gz = T[k + 3] * T[k + 7] - T[k + 4] * T[k + 6];
      let l = 1 / (Math.hypot(gx, gy, gz) || 1); if (gx * dx + gy * dy + gz * dz > 0) l = -l; gx *= l; gy *= l; gz *= l;
      nx = NN[a] * w + NN[b] * hU + NN[c] * hV; ny = NN[a + 1] * w + NN[b + 1] * hU + NN[c + 1] * hV; nz = NN[a + 2] * w + NN[b + 2] * hU + NN[c + 2] * hV;
      l = 1 / (Math.hypot(nx, ny, nz) || 1); if (nx * gx + ny * gy + nz * gz < 0) l = -l; nx *= l; ny *= l; nz *= l;
      const plain = rest && sm.seen > 150, q = sm.needQ && !plain ? texq(i, hU, hV) : null;
      if (sm.bump && !rest) { const s = sm.bump[0], A = sm.bump[1], e = 7.3; nx += (noise(sx * s, sy * s, sz * s) - .5) * A; ny += (noise(sx * s + e, sy * s, sz * s) - .5) * A; nz += (noise(sx * s, sy * s + e, sz * s) - .5) * A; }
      if (sm.tilt && !plain) { const v = sm.tilt(q, [sx, sy, sz]); nx += v[0]; ny += v[1]; nz += v[2]; }
      if ((sm.bump && !rest) || (sm.tilt && !plain)) { l = 1 / Math.hypot(nx, ny, nz); nx *= l; ny *= l; nz *= l; }
      const fd = nx * dx + ny * dy + nz * dz; if (fd > -.02) { nx -= dx * (fd + .02); ny -= dy * (fd + .02); nz -= dz * (fd + .02); l = 1 / Math.hypot(nx, ny, nz); nx *= l; ny *= l; nz *= l; }
      if (plain) col = sm.mean;
      else if (typeof sm.color === 'function') { col = sm.color(q, [sx, sy, sz]); if (rest) { const k = sm.seen = (sm.seen || 0) + 1; sm.mean = sm.mean ? mix(sm.mean, col, 1 / k) : col; } }
      else col = sm.color;
      sx += gx * 2e-4 * Math.max(1, hT * .3); sy += gy * 2e-4 * Math.max(1, hT * .3); sz += gz * 2e-4 * Math.max(1, hT * .3);
    }
    const env = scene.env, lights = scene.lights.map(L => { const u = L.u, v = L.v, n = cross(u, v), A = Math.hypot(...n); return { ...L, n: norm(n), A, uu: dot(u, u), vv: dot(v, v) }; });
    const D = [0, 0, 0];
    /** Light arriving straight from the lamps/windows (times 1/pi) into D. */
    function direct(px, py, pz, ax, ay, az) {
      D[0] = D[1] = D[2] = 0;
      for (const L of lights) {
        const a = rnd() - .5, b = rnd() - .5; let x = L.c[0] + L.u[0] * a + L.v[0] * b - px, y = L.c[1] + L.u[1] * a + L.v[1] * b - py, z = L.c[2] + L.u[2] * a + L.v[2] * b - pz;
        const d2 = x * x + y * y + z * z, d = Math.sqrt(d2); x /= d; y /= d; z /= d;
        const c = ax * x + ay * y + az * z; if (c <= 0) continue; const cl = -(L.n[0] * x + L.n[1] * y + L.n[2] * z); if (cl <= 0) continue;
        if (trace(px, py, pz, x, y, z, d - .001, true)) continue;
        const g = Math.min(c * cl * L.A / (d2 * PI), 6); D[0] += L.e[0] * g; D[1] += L.e[1] * g; D[2] += L.e[2] * g;
      }
    }
    /** Light shape seen along a ray (for reflections), or null. Uses hT as the limit. */
    function seen(ox, oy, oz, dx, dy, dz) {
      let best = hI >= 0 ? hT : 1e9, out = null;
      for (const L of lights) {
        if (L.hidden) continue; const dn = dx * L.n[0] + dy * L.n[1] + dz * L.n[2]; if (dn >= 0) continue;
        const x = L.c[0] - ox, y = L.c[1] - oy, z = L.c[2] - oz, t = (x * L.n[0] + y * L.n[1] + z * L.n[2]) / dn; if (t <= 0 || t >= best) continue;
        const hx = dx * t - x, hy = dy * t - y, hz = dz * t - z, a = (hx * L.u[0] + hy * L.u[1] + hz * L.u[2]) / L.uu, b = (hx * L.v[0] + hy * L.v[1] + hz * L.v[2]) / L.vv;
        if (a < -.5 || a > .5 || b < -.5 || b > .5) continue;
        const bar = L.bars && (Math.abs(a) < .025 || Math.abs(b) < .02); best = t; out = bar ? mul(L.e, .08) : L.e;
      }
      return out;
    }
    function cosDir(ax, ay, az) { // cosine-weighted direction around the normal
      const z = 1 - 2 * rnd(), a = TAU * rnd(), r = Math.sqrt(1 - z * z); let x = ax + r * Math.cos(a) * .999, y = ay + r * Math.sin(a) * .999, w = az + z * .999; const l = 1 / Math.hypot(x, y, w); return [x * l, y * l, w * l];
    }
    function incoming(ox, oy, oz, d, lamps) { // radiance along a secondary ray
      trace(ox, oy, oz, d[0], d[1], d[2], 1e9, false);
      if (lamps) { const s = seen(ox, oy, oz, d[0], d[1], d[2]); if (s) return s; }
      if (hI < 0) return env(d);
      surface(ox, oy, oz, d[0], d[1], d[2], !lamps); const M = sm, c = col, e = M.emit ? (typeof M.emit === 'function' ? c : mul(c, M.emit)) : null;
      if (e) return e;
      const k = 2 * (nx * d[0] + ny * d[1] + nz * d[2]), r = [d[0] - nx * k, d[1] - ny * k, d[2] - nz * k];
      if (M.metal) { const v = env(r); return [v[0] * c[0], v[1] * c[1], v[2] * c[2]]; }
      const a = env([nx * .7 + .1, ny * .7 + .25, nz * .7]), am = .42; direct(sx, sy, sz, nx, ny, nz);
      return [c[0] * (D[0] + a[0] * am), c[1] * (D[1] + a[1] * am), c[2] * (D[2] + a[2] * am)];
    }
    const rough0 = M => M.metal || (M.rough < .2 && !M.emit);
    const px = W * H, bufD = new Float32Array(px * 3), bufS = new Float32Array(px * 3), bufA = new Float32Array(px * 3), bufN = new Float32Array(px * 3), bufP = new Float32Array(px * 3), bufR = new Float32Array(px), bufC = new Float32Array(px);
    const cam = scene.cam, f = norm(sub(cam.to, cam.eye)), R0 = norm(cross(f, [0, 1, 0])), U0 = cross(R0, f), ro = (cam.roll || 0) * PI / 180;
    const R = add(mul(R0, Math.cos(ro)), mul(U0, Math.sin(ro))), U = sub(mul(U0, Math.cos(ro)), mul(R0, Math.sin(ro)));
    const th = Math.tan((cam.fov || 40) * PI / 360), asp = W / H, focus = cam.focus || Math.hypot(...sub(cam.to, cam.eye)), lens = cam.lens || 0, clampS = scene.clamp || 5;
    for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) {
      const o = (y * W + x); let d0 = 0, d1 = 0, d2 = 0, s0 = 0, s1 = 0, s2 = 0, a0 = 0, a1 = 0, a2 = 0, n0 = 0, n1 = 0, n2 = 0, p0 = 0, p1 = 0, p2 = 0, rr = 0, kd = 0;
      // three samples everywhere; the full number only where edges, textures, blur or reflections need it
      const h0 = rnd(), h1 = rnd(); let cnt = 0, vary = false, fn = null, fc = null, fd = 0;
      for (let s = 0; s < spp && (s < 3 || vary); s++, cnt++) {
        const jx = (h0 + s * .7548777) % 1, jy = (h1 + s * .5698403) % 1;
        const ex = ((x + jx) / W * 2 - 1) * th * asp, ey = (1 - (y + jy) / H * 2) * th;
        let dx = f[0] + R[0] * ex + U[0] * ey, dy = f[1] + R[1] * ex + U[1] * ey, dz = f[2] + R[2] * ex + U[2] * ey, ox = cam.eye[0], oy = cam.eye[1], oz = cam.eye[2];
        if (lens) { const a = rnd() * TAU, q = Math.sqrt(rnd()) * lens, la = Math.cos(a) * q, lb = Math.sin(a) * q, mx = R[0] * la + U[0] * lb, my = R[1] * la + U[1] * lb, mz = R[2] * la + U[2] * lb; ox += mx; oy += my; oz += mz; dx -= mx / focus; dy -= my / focus; dz -= mz / focus; }
        const il = 1 / Math.hypot(dx, dy, dz); dx *= il; dy *= il; dz *= il;
        trace(ox, oy, oz, dx, dy, dz, 1e9, false);
        if (hI < 0) { const e = env([dx, dy, dz], true); s0 += e[0]; s1 += e[1]; s2 += e[2]; p0 += ox + dx * 60; p1 += oy + dy * 60; p2 += oz + dz * 60; n0 -= dx; n1 -= dy; n2 -= dz; if (fn) vary = true; else fd = -1; continue; }
        const dist = hT; surface(ox, oy, oz, dx, dy, dz);
        const X = sx, Y = sy, Z = sz, ax = nx, ay = ny, az = nz, M = sm, c = col; p0 += X; p1 += Y; p2 += Z; n0 += ax; n1 += ay; n2 += az;
        if (!fn) { fn = [ax, ay, az]; fc = c; if (fd < 0) vary = true; fd = dist; if (rough0(M)) vary = true; } else if (!vary && (fn[0] * ax + fn[1] * ay + fn[2] * az < .96 || Math.abs(fd - dist) > fd * .025 || Math.abs(fc[0] - c[0]) + Math.abs(fc[1] - c[1]) + Math.abs(fc[2] - c[2]) > .07)) vary = true;
        if (M.emit) { s0 += c[0] * M.emit; s1 += c[1] * M.emit; s2 += c[2] * M.emit; if (!M.gloss) continue; }
        const cs = Math.max(0, -(ax * dx + ay * dy + az * dz)), rough = M.rough, sch = Math.pow(1 - cs, 5) * (1 - rough * .85);
        const F = M.metal ? c.map(v => v + (1 - v) * sch) : [M.spec + (1 - M.spec) * sch, 0, 0]; if (!M.metal) F[1] = F[2] = F[0];
        rr += rough;
        if (!M.metal && !M.emit) {
          kd++;
          const k = 1 - F[0]; a0 += c[0] * k; a1 += c[1] * k; a2 += c[2] * k;
          direct(X, Y, Z, ax, ay, az); d0 += D[0]; d1 += D[1]; d2 += D[2];
          const b = incoming(X, Y, Z, cosDir(ax, ay, az), false); d0 += Math.min(b[0], 4); d1 += Math.min(b[1], 4); d2 += Math.min(b[2], 4);
          if (M.sheen) { const q = M.sheen * Math.pow(1 - cs, 3); a0 += q; a1 += q; a2 += q; }
        }
        if (M.metal || F[0] * (1 - rough) > .012) {
          const g = 2 * (ax * dx + ay * dy + az * dz); let rx = dx - ax * g, ry = dy - ay * g, rz = dz - az * g;
          if (rough > .01) { const q = rough * rough * 1.1, v = cosDir(0, 0, 0), w = Math.sqrt(-Math.log(1 - rnd() * .97)) * .75; rx += v[0] * q * w; ry += v[1] * q * w; rz += v[2] * q * w; const l = 1 / Math.hypot(rx, ry, rz); rx *= l; ry *= l; rz *= l; }
          if (rx * ax + ry * ay + rz * az > 0) { const b = incoming(X, Y, Z, [rx, ry, rz], true); s0 += Math.min(b[0], clampS) * F[0]; s1 += Math.min(b[1], clampS) * F[1]; s2 += Math.min(b[2], clampS) * F[2]; }
        }
      }
      const k = 1 / cnt, j = o * 3; const w = kd ? 1 / kd : 0; bufC[o] = kd * k; bufD[j] = d0 * w; bufD[j + 1] = d1 * w; bufD[j + 2] = d2 * w; bufS[j] = s0 * k; bufS[j + 1] = s1 * k; bufS[j + 2] = s2 * k;
      bufA[j] = a0 * k; bufA[j + 1] = a1 * k; bufA[j + 2] = a2 * k; bufN[j] = n0 * k; bufN[j + 1] = n1 * k; bufN[j + 2] = n2 * k; bufP[j] = p0 * k; bufP[j + 1] = p1 * k; bufP[j + 2] = p2 * k; bufR[o] = rr * k;
    }
    const dist0 = Math.hypot(...sub(cam.to, cam.eye));
    const Df = atrous(bufD, bufN, bufP, W, H, 4, dist0, .55, null, null, bufC), Sf = atrous(bufS, bufN, bufP, W, H, 2, dist0, .35, bufR, bufA);
    return develop(scene, Df, Sf, bufA, W, H);
  }

  /** Edge-avoiding smoothing, guided by normals and positions. */
  function atrous(src, N, P, W, H, levels, dist, sig, rough, alb, count) {
    let a = src, k = [1, 2 / 3, 1 / 6]; const plane = dist * .006;
    for (let l = 0; l < levels; l++) {
      const st = 1 << l, b = new Float32Array(src.length), ss = 1 / (sig * Math.pow(.7, l) + .06);
      for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) {
        const o = (y * W + x) * 3; if (count && !count[o / 3]) continue; if (rough && rough[o / 3] < .22) { b[o] = a[o]; b[o + 1] = a[o + 1]; b[o + 2] = a[o + 2]; continue; }
        const nx = N[o], ny = N[o + 1], nz = N[o + 2], px = P[o], py = P[o + 1], pz = P[o + 2], lum = a[o] + a[o + 1] + a[o + 2]; let w0 = 0, r = 0, g = 0, bl = 0;
        for (let j = -2; j <= 2; j++) { const yy = y + j * st; if (yy < 0 || yy >= H) continue; for (let i = -2; i <= 2; i++) {
          const xx = x + i * st; if (xx < 0 || xx >= W) continue; const q = (yy * W + xx) * 3;
          const nd = nx * N[q] + ny * N[q + 1] + nz * N[q + 2]; if (nd < .5) continue; const n4 = nd * nd, n8 = n4 * n4, n16 = n8 * n8;
          const pd = Math.abs(nx * (P[q] - px) + ny * (P[q + 1] - py) + nz * (P[q + 2] - pz)); if (pd > plane * 3) continue;
          const dl = Math.abs(a[q] + a[q + 1] + a[q + 2] - lum) / (lum + .15) * ss * .5;
          let w = k[Math.abs(i)] * k[Math.abs(j)] * n16 * n16 * Math.exp(-pd / plane - dl);
          if (count) w *= count[q / 3];
          if (alb) w *= Math.exp(-12 * (Math.abs(alb[q] - alb[o]) + Math.abs(alb[q + 1] - alb[o + 1]) + Math.abs(alb[q + 2] - alb[o + 2])));
          w0 += w; r += a[q] * w; g += a[q + 1] * w; bl += a[q + 2] * w;
        } }
        if (w0 > 1e-6) { b[o] = r / w0; b[o + 1] = g / w0; b[o + 2] = bl / w0; } else { b[o] = a[o]; b[o + 1] = a[o + 1]; b[o + 2] = a[o + 2]; }
      }
      a = b;
    }
    return a;
  }

  /** Exposure, film curve, white balance, vignette and sensor grain. */
  function develop(scene, D, S, A, W, H) {
    const out = new Uint8ClampedArray(W * H * 4), ex = scene.exposure || 1, wb = scene.wb || [1, 1, 1], sc = W / 1200, vg = scene.vignette === undefined ? .34 : scene.vignette, gr = scene.grain === undefined ? 1 : scene.grain;
    for (let y = 0; y < H; y++) for (let x = 0; x < W; x++) {
      const o = (y * W + x), j = o * 3, vx = (x / W - .5), vy = (y / H - .5) * .85, v = 1 - vg * Math.min(1, (vx * vx + vy * vy) * 2.6);
      const g = ((noise(x / sc * .55, y / sc * .55, 5) + noise(x / sc * .23, y / sc * .23, 9) * .6 - .8)) * .022 * gr;
      const px = [0, 1, 2].map(c => (A[j + c] * D[j + c] + S[j + c]) * ex * wb[c] * v), grey = px[0] * .3 + px[1] * .55 + px[2] * .15;
      for (let c = 0; c < 3; c++) {
        let t = lerp(grey, px[c], .86); t = t * (2.51 * t + .06) / (t * (2.43 * t + .62) + .14);
        out[o * 4 + c] = (Math.pow(clamp(t), 1 / 2.2) + g) * 255;
      }
      out[o * 4 + 3] = 255;
    }
    return out;
  }

  root.Tracer = { Mesh, render, spline, noise, fbm, hash, rgb, mix, lerp, clamp, smooth, add, sub, mul, norm, cross, dot, PI, TAU };
})(globalThis);
