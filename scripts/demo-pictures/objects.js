/* The objects for sale: one short function each, built at the origin, standing on y = 0 (plain script, after stage.js).
 * Furniture and bikes are in metres; small things (phone, camera, watch...) are ten times life size. */
(function (root) {
  'use strict';
  const { spline, rgb, mix, noise, fbm, hash, clamp, smooth, lerp, mul, PI, TAU } = Tracer;
  const { M, metal, gloss, rubber, fabric, wood, glow, stone, plane, rr, curve, art } = Stage;
  const O = {};

  // ---------- on wheels ----------
  function bikeWheel(m, R, tire, o = {}) {
    const rim = metal(o.rim || '#8f9398', .3), tyre = rubber(o.tyre), spoke = metal('#c4c8cc', .3);
    m.ring(R - tire, tire, o.knobs ? M('#161616', { rough: .9, tilt: q => [0, 0, (Math.sin(q[0] * 190) > 0 ? .35 : -.35)] }) : tyre, 72, 12);
    m.ring(R - tire * 2 - .006, [.014, .011].length ? () => [.016, .011] : .01, rim, 72, 8);
    m.rod([0, 0, -.05], [0, 0, .05], o.hub || .022, metal('#777b80', .35), o.hub || .022, 16);
    for (let i = 0; i < 32; i++) { const a = i / 32 * TAU, b = a + (i % 4 < 2 ? .35 : -.35), z = i % 2 ? .035 : -.035, r = R - tire * 2; m.rod([Math.cos(b) * .03, Math.sin(b) * .03, z], [Math.cos(a) * r, Math.sin(a) * r, 0], .0016, spoke, .0016, 5); }
    if (o.disc) m.at(0, 0, .045, () => m.ring(.075, () => [.014, .0015], metal('#b9bcc0', .25), 40, 6));
  }
  const arc = (cx, cy, r, a0, a1, n = 24, z = 0) => Array.from({ length: n + 1 }, (_, i) => { const a = lerp(a0, a1, i / n) * PI / 180; return [cx + Math.cos(a) * r, cy + Math.sin(a) * r, z]; });
  function drivetrain(m, bb, rear, dark) {
    const al = metal(dark ? '#3a3c40' : '#b4b8bc', .3), chain = metal('#5a564f', .45);
    m.at(bb[0], bb[1], .06, () => { m.ring(.085, () => [.008, .003], al, 40, 6); for (let i = 0; i < 5; i++) m.rod([0, 0, 0], [.08 * Math.cos(i * TAU / 5), .08 * Math.sin(i * TAU / 5), 0], .006, al); });
    m.rod([bb[0], bb[1], -.07], [bb[0], bb[1], .085], .02, al);
    for (const s of [1, -1]) { const e = [bb[0] + s * .145, bb[1] - s * .085, s * .09]; m.rod([bb[0], bb[1], s * .08], e, .012, al, .009); m.at(e[0], e[1], e[2] + s * .05, () => m.box(.1, .022, .09, rubber(), .008)); }
    m.at(rear[0], rear[1], .05, () => { for (const [r, z] of [[.045, 0], [.036, .006], [.028, .012]]) m.at(0, 0, z, () => m.ring(r, () => [.006, .0025], chain, 30, 6)); });
    m.tube([[bb[0], bb[1] + .087, .06], [rear[0], rear[1] + .046, .056]], .0045, chain, { seg: 6 }); m.tube([[bb[0], bb[1] - .087, .06], [rear[0] + .03, rear[1] - .1, .058], [rear[0], rear[1] - .046, .056]], .0045, chain, { seg: 6 });
    m.rod([rear[0], rear[1] - .02, .062], [rear[0] + .03, rear[1] - .1, .062], .011, M('#222', { rough: .4 }));
  }
  function saddle(m, x, y, c) { m.at(x, y, 0, () => m.grid(20, 12, (u, v) => { const t = u, w = lerp(.085, .02, smooth(0, .75, t)) + .004, a = v * PI * 1.1 - PI * .05; return [-.13 + t * .28, .032 * Math.sin(a) + .02 * Math.pow(1 - t, 3), Math.cos(a) * w * (t < .04 ? .7 : 1)]; }, M(c, { rough: .5, spec: .05 }))); }
  O.biciElectrica = m => {
    const fr = gloss('#7fb3a4', .16), blk = M('#1c1d1f', { rough: .45 }), al = metal('#c0c4c8', .25), tan = '#8a5a34', R = .345, F = [.56, R, 0], B = [-.52, R, 0], bb = [-.06, .3, 0];
    for (const [p, hub] of [[F, .03], [B, .07]]) m.at(...p, () => bikeWheel(m, R, .026, { tyre: '#d9cdb4', hub }));
    for (const p of [F, B]) { const r = p === F; m.tube(arc(p[0], p[1], R + .03, r ? 20 : 5, r ? 175 : 190, 30), () => [.004, .032], fr, { up: [0, 0, 1], seg: 10 }); }
    m.tube([[.375, .74, 0], [.2, .48, 0], [.06, .33, 0], bb], t => [.036, .034], fr, { smooth: 8, seg: 16 });
    m.rod([.36, .9, 0], [.4, .68, 0], .027, fr); m.rod(bb, [-.19, .84, 0], .022, fr); m.rod([-.18, .8, 0], [-.215, .95, 0], .014, al);
    m.tube([[.37, .84, 0], [.15, .6, 0], [-.05, .48, 0], [-.12, .5, 0]], .02, fr, { smooth: 6 });
    for (const s of [-1, 1]) { m.tube([bb, [-.2, .31, s * .05], [B[0], B[1], s * .06]], .012, fr, { smooth: 5 }); m.rod([-.17, .74, s * .025], [B[0], B[1], s * .06], .01, fr); m.tube([[.4, .68, s * .02], [.44, .6, s * .045], [.5, .44, s * .05], [F[0], F[1], s * .05]], .015, fr, { smooth: 6 }); }
    m.at(bb[0], bb[1], 0, () => { m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[0, -.055], [.07, -.055], [.08, -.045], [.08, .045], [.07, .055], [0, .055]], blk)); }); drivetrain(m, bb, B);
    m.at(-.62, .76, 0, () => { m.box(.4, .07, .13, blk, .02); m.at(-.2, 0, 0, () => m.box(.02, .04, .07, gloss('#b01818', .1), .008)); m.at(0, .05, 0, () => { for (const s of [-1, 1]) m.rod([-.22, 0, s * .06], [.22, 0, s * .06], .006, blk); for (const x of [-.2, -.07, .07, .2]) m.rod([x, 0, -.06], [x, 0, .06], .005, blk); }); }); for (const s of [-1, 1]) m.rod([B[0], B[1], s * .07], [-.66, .75, s * .06], .006, blk);
    saddle(m, -.22, .96, tan);
    m.rod([.36, .9, 0], [.335, 1.06, 0], .015, al); m.tube([[.12, 1.08, .3], [.24, 1.1, .27], [.36, 1.08, .13], [.34, 1.06, 0], [.36, 1.08, -.13], [.24, 1.1, -.27], [.12, 1.08, -.3]], .011, al, { smooth: 8 });
    for (const s of [-1, 1]) { m.rod([.12, 1.08, s * .3], [.23, 1.1, s * .275], .017, M(tan, { rough: .6 })); m.tube([[.36, 1.07, s * .13], [.46, 1.0, s * .08], [.42, .8, s * .03]], .004, blk, { smooth: 6, seg: 6 }); }
    m.at(.37, 1.12, .0, [0, 0, -30], () => m.box(.02, .06, .07, blk, .008)); m.at(.45, .8, 0, [0, 0, -90], () => m.lathe([[0, -.03], [.03, -.02], [.042, .03], [.03, .042], [0, .045]], al));
    m.rod([-.1, .28, .06], [-.16, .02, .14], .01, al);
    // front basket: woven wicker
    m.at(.56, .78, 0, () => { const wk = M(q => mul(rgb('#b58a55'), .6 + .5 * Math.abs(Math.sin(q[1] * 50) * Math.sin(q[0] * 110))), { rough: .8, cut: q => (Math.sin(q[0] * TAU * 36) > .55 && Math.sin(q[1] * 300) > .5) }); m.at(0, 0, 0, [0, 0, 0], () => m.lathe([[.001, 0], [.13, 0], [.17, .2]], wk, 60), [.85, 1, 1.15]); m.at(0, .2, 0, [90, 0, 0], () => m.ring(.17, .011, M('#9a7040', { rough: .7 })), [.85, 1.15, 1]); });
  };
  O.biciMontana = m => {
    const fr = gloss('#c2411c', .18), blk = M('#17181a', { rough: .4 }), gold = metal('#b9b4a8', .15), R = .365, F = [.6, R, 0], B = [-.54, R, 0], bb = [-.1, .33, 0];
    for (const p of [F, B]) m.at(...p, () => bikeWheel(m, R, .032, { knobs: 1, disc: 1, rim: '#2a2b2d' }));
    m.rod([.37, .9, 0], [.405, .76, 0], .028, fr); m.rod([.4, .78, 0], bb, .032, fr, .03, 16); m.rod([.375, .88, 0], [-.22, .72, 0], .024, fr, .02, 16); m.rod(bb, [-.235, .78, 0], .021, fr); m.rod([-.23, .76, 0], [-.29, .99, 0], .0145, blk);
    for (const s of [-1, 1]) { m.tube([bb, [-.25, .34, s * .055], [B[0], B[1], s * .065]], .013, fr, { smooth: 4 }); m.rod([-.215, .71, s * .02], [B[0], B[1], s * .065], .01, fr); m.rod([.42, .73, s * .055], [.49, .56, s * .06], .017, gold); m.rod([.475, .6, s * .06], [F[0], F[1], s * .06], .024, blk, .02); }
    m.at(.415, .735, 0, [0, 0, -20], () => m.box(.05, .03, .15, blk, .012)); m.at(.495, .56, 0, () => m.tube(arc(.01, .02, .075, -40, 130, 10).map(p => [p[2] - .0, p[1] * .4, (p[0] - .03) * 1]), .012, blk));
    drivetrain(m, bb, B, true); saddle(m, -.3, 1.0, '#1d1d1f');
    m.rod([.37, .9, 0], [.355, .96, 0], .02, blk); m.rod([.355, .96, 0], [.42, .985, 0], .018, blk); m.tube([[.36, 1.0, .37], [.41, .995, .15], [.42, .985, 0], [.41, .995, -.15], [.36, 1.0, -.37]], .0125, blk, { smooth: 6 });
    for (const s of [-1, 1]) { m.rod([.36, 1.0, s * .37], [.385, .998, s * .25], .017, rubber('#b8401f')); m.rod([.4, .99, s * .22], [.45, .96, s * .32], .006, blk); m.tube([[.42, .985, s * .18], [.5, .94, s * .08], [.43, .8, s * .03]], .0035, blk, { smooth: 6, seg: 6 }); }
    m.at(.12, .58, .02, [0, 0, 42], () => { m.lathe([[0, -.09], [.034, -.09], [.036, .06], [.022, .085], [.022, .1], [0, .1]], M('#dfe6e8', { rough: .3 })); });
  };
  O.patinete = m => {
    const blk = M('#1f2022', { rough: .42, spec: .05 }), grip = M('#2a2a2b', { rough: .95, bump: [300, .8] }), al = metal('#a9adb2', .3), red = gloss('#c2271f', .2);
    for (const x of [-.42, .44]) m.at(x, .115, 0, () => { m.ring(.085, .03, rubber(), 40, 14); m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[0, -.03], [.06, -.03], [.066, 0], [.06, .03], [0, .03]], x > 0 ? blk : al)); m.rod([0, 0, -.06], [0, 0, .06], .012, al); });
    m.at(-.04, .115, 0, () => { m.at(0, 0, 0, [90, 0, 0], () => m.slab(rr(.56, .17, .05), .06, blk, .012)); m.at(0, .032, 0, [90, 0, 0], () => m.slab(rr(.5, .135, .04), .006, grip, .002)); for (const s of [-1, 1]) m.at(0, 0, s * .086, () => m.box(.42, .008, .004, red, .002)); });
    m.tube(arc(-.42, .115, .13, 20, 175, 14), () => [.005, .045], blk, { up: [0, 0, 1] }); m.tube(arc(.44, .115, .128, 15, 150, 14), () => [.005, .04], blk, { up: [0, 0, 1] });
    m.at(-.55, .17, 0, [0, 0, 20], () => m.box(.015, .025, .05, gloss('#d11d1d', .1), .005));
    for (const s of [-1, 1]) { m.rod([.44, .115, s * .055], [.385, .25, s * .045], .016, blk); m.rod([-.3, .115, s * .06], [-.42, .115, s * .06], .016, blk); }
    m.tube([[.2, .12, 0], [.29, .15, 0], [.37, .25, 0], [.38, .29, 0]], () => [.04, .03], blk, { smooth: 6, seg: 14 }); m.rod([.385, .25, 0], [.28, 1.1, 0], .027, blk, .022, 18); m.rod([.381, .28, 0], [.375, .33, 0], .034, red);
    m.at(.28, 1.1, 0, () => { m.rod([0, 0, -.25], [0, 0, .25], .013, blk); for (const s of [-1, 1]) { m.rod([0, 0, s * .25], [0, 0, s * .14], .018, rubber('#333')); m.rod([.03, -.01, s * .11], [.06, -.03, s * .2], .006, al); } m.at(-.01, .02, 0, [0, 0, 35], () => { m.box(.09, .03, .06, blk, .012); m.at(0, .0155, 0, () => m.box(.06, .002, .045, gloss('#0b2b33', .05), .001)); }); m.at(.04, -.045, 0, () => m.ell(.022, .022, .026, metal('#e8eaec', .1))); m.tube([[.03, 0, .08], [.09, -.1, .05], [.07, -.4, .03], [.1, -.75, .03]], .005, rubber(), { smooth: 8, seg: 6 }); });
    m.rod([-.12, .09, .09], [-.17, .01, .15], .008, al);
  };
  O.carrito = m => {
    const navy = fabric('#2f4158', 200, .5), inner = fabric('#d8cfc0', 200, .4), al = metal('#b7bbbf', .2), blk = M('#1d1d1f', { rough: .5 }), lea = M('#7a4a2a', { rough: .5 });
    for (const [x, r] of [[-.36, .16], [.4, .125]]) for (const s of [-1, 1]) m.at(x, r, s * .27, () => { m.ring(r - .02, .02, rubber('#26262a'), 40, 10); m.ring(r - .045, .009, al, 40, 8); for (let i = 0; i < 10; i++) m.rod([0, 0, 0], [Math.cos(i * .628) * (r - .045), Math.sin(i * .628) * (r - .045), 0], .005, al, .004, 6); m.at(0, 0, 0, () => m.ell(.028, .028, .03, blk)); });
    m.rod([-.36, .16, -.27], [-.36, .16, .27], .011, al); m.rod([.4, .125, -.27], [.4, .125, .27], .011, al);
    for (const s of [-1, 1]) { m.tube([[.4, .125, s * .24], [.1, .42, s * .24], [-.42, .86, s * .24], [-.56, .99, s * .24]], .014, al, { smooth: 4 }); m.tube([[-.36, .16, s * .24], [-.1, .4, s * .24], [.08, .56, s * .25]], .013, al, { smooth: 4 }); m.at(-.02, .44, s * .245, [90, 0, 0], () => m.lathe([[0, -.016], [.035, -.016], [.035, .016], [0, .016]], blk)); }
    m.rod([-.56, .99, -.24], [-.56, .99, .24], .017, lea); m.at(0, .25, 0, () => { m.box(.5, .012, .42, blk, .005); for (const s of [-1, 1]) m.at(0, .05, s * .21, () => m.box(.5, .1, .008, navy, .004)); m.at(.25, .05, 0, () => m.box(.008, .1, .42, navy, .004)); });
    m.at(.06, .78, 0, () => {
      m.grid(44, 14, (u, v) => { const a = u * TAU, b = v * PI / 2, s = (x, e) => Math.sign(x) * Math.pow(Math.abs(x), e), k = Math.pow(Math.sin(b), .45); return [.45 * k * s(Math.cos(a), .6), -.25 * Math.pow(Math.cos(b), .7) + .02, .235 * k * s(Math.sin(a), .6)]; }, navy, true);
      m.at(0, .02, 0, [90, 0, 0], () => { const p = []; for (let i = 0; i < 48; i++) { const a = i / 48 * TAU, s = (x, e) => Math.sign(x) * Math.pow(Math.abs(x), e); p.push([.45 * s(Math.cos(a), .6), .235 * s(Math.sin(a), .6), 0]); } m.tube(p, .012, lea, { closed: true, up: [0, 0, 1] }); });
      m.grid(16, 16, (u, v) => { const z = (u - .5) * 2, x = lerp(-.05, .44, v); return [x, .045 + .05 * (1 - z * z) - (v > .9 ? (v - .9) * .5 : 0), z * .225 * (v > .9 ? 1 - (v - .9) * 2.5 : 1)]; }, navy); // apron
      m.at(-.3, -.04, 0, () => m.ell(.13, .05, .17, inner, .5, .6)); m.at(-.03, .1, 0, [0, 0, 12], () => m.box(.025, .03, .45, inner, .012));
      m.grid(40, 18, (u, v) => { const a = lerp(8, 112, u) * PI / 180, t = v * PI, rib = 1 + .035 * Math.abs(Math.sin(u * PI * 4)), w = .24 * (1 + .02 * Math.abs(Math.sin(u * PI * 4))), k = Math.pow(Math.sin(t), .55); return [-.1 - .38 * Math.cos(a) * rib * k, .03 + .4 * Math.sin(a) * rib * k, -Math.sign(Math.cos(t)) * w * Math.pow(Math.abs(Math.cos(t)), .7)]; }, fabric('#35485f', 200, .5));
    });
  };

  // ---------- furniture ----------
  O.sofa = m => {
    const f = fabric('#8d9196', 150, .7, .1), leg = wood('#5b3a22', '#7d5533', 1), cush = (x, y, z, rx, ry, rz, mat, rot = [0, 0, 0], e1 = .42, e2 = .3) => m.at(x, y, z, rot, () => m.ell(rx, ry, rz, mat, e1, e2, 44, 26));
    m.at(0, .24, 0, () => m.box(2.1, .2, .86, f, .04)); m.at(0, .5, -.37, [-6, 0, 0], () => m.box(2.06, .62, .17, f, .07));
    for (const s of [-1, 1]) m.at(s * 1.08, .38, .0, () => m.box(.2, .5, .92, f, .075, 5));
    for (const x of [-.655, 0, .655]) { cush(x, .42, .06, .326, .1, .39, f); cush(x, .66, -.22, .325, .23, .115, f, [-14 + x * 3, 0, x * 2], .5, .42); }
    for (const x of [-1.02, 1.02]) for (const z of [-.36, .38]) m.rod([x, .15, z], [x * 1.02, 0, z * 1.05], .024, leg, .015);
  };
  O.cojin = (m, c, s = .23) => m.ell(s, s, .085, c, .75, .45, 40, 24);
  O.silla = m => {
    const blk = M('#202124', { rough: .5, spec: .045 }), al = metal('#aab0b5', .25), seat = fabric('#33363b', 220, .6), mesh = M('#3a3d42', { rough: .8, cut: q => Math.sin(q[0] * 330) > .35 && Math.sin(q[1] * 420) > .35 });
    for (let i = 0; i < 5; i++) { const a = i / 5 * TAU + .35, c = Math.cos(a), s = Math.sin(a); m.tube([[c * .03, .13, s * .03], [c * .18, .115, s * .18], [c * .31, .085, s * .31]], t => [lerp(.03, .018, t), lerp(.026, .014, t)], blk, { smooth: 4 }); m.rod([c * .3, .085, s * .3], [c * .3, .05, s * .3], .01, al); for (const z of [-1, 1]) m.at(c * .3 - s * .018 * z, .03, s * .3 + c * .018 * z, [0, -a * 180 / PI + 25, 0], () => { m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[0, -.009], [.026, -.009], [.03, 0], [.026, .009], [0, .009]], blk)); }); }
    m.rod([0, .1, 0], [0, .3, 0], .034, blk); m.rod([0, .28, 0], [0, .43, 0], .017, al); m.at(0, .44, 0, () => m.box(.22, .05, .26, blk, .02));
    m.at(0, .5, .02, () => m.ell(.26, .055, .255, seat, .45, .5, 40, 18));
    m.at(0, .5, -.22, [-9, 0, 0], () => { m.tube([[0, -.04, .05], [0, -.05, -.05], [0, .1, -.085], [0, .34, -.075]], () => [.03, .018], blk, { smooth: 6 });
      const shape = (u, v) => { const y = .08 + v * .56, w = .235 * (1 - .22 * Math.pow(Math.abs(v - .4) * 1.7, 2)), x = (u - .5) * 2; return [x * w, y, .045 * x * x - .05 * Math.sin(v * PI) - .0]; };
      m.grid(20, 24, shape, mesh); const rim = []; for (let i = 0; i <= 10; i++) rim.push(shape(i / 10, 0)); for (let i = 1; i <= 10; i++) rim.push(shape(1, i / 10)); for (let i = 1; i <= 10; i++) rim.push(shape(1 - i / 10, 1)); for (let i = 1; i < 10; i++) rim.push(shape(0, 1 - i / 10)); m.tube(rim, .014, blk, { closed: true });
      m.at(0, .24, -.035, () => m.box(.36, .08, .02, blk, .01)); m.at(0, .76, .005, [8, 0, 0], () => m.ell(.14, .065, .035, seat, .5, .5)); m.rod([0, .6, -.04], [0, .76, -.02], .014, blk); });
    for (const s of [-1, 1]) { m.tube([[s * .12, .45, 0], [s * .29, .46, 0], [s * .31, .56, -.01], [s * .3, .69, -.01]], () => [.022, .012], blk, { smooth: 6 }); m.at(s * .295, .71, .03, () => m.ell(.045, .018, .13, M('#2a2b2e', { rough: .7 }), .5, .6)); }
    m.rod([.1, .44, .05], [.27, .43, .08], .006, blk);
  };
  O.sillaMadera = (m, w) => { for (const x of [-.19, .19]) { m.rod([x, .44, .18], [x * 1.1, 0, .21], .018, w, .013); m.tube([[x * 1.1, 0, -.23], [x, .44, -.19], [x * .95, .86, -.26]], .016, w, { smooth: 6 }); } m.at(0, .45, 0, () => m.box(.43, .035, .42, w, .015)); for (const y of [.62, .72, .82]) m.tube([[-.185, y, -.225], [0, y, -.262], [.185, y, -.225]].map(p => [p[0], p[1], p[2] - (y - .62) * .12]), () => [.008, .026], w, { smooth: 6, up: [0, 1, 0] }); };
  O.mesa = m => {
    const w = wood('#a06f3f', '#cf9f68', 0, 18, { rough: .32 }), w2 = wood('#96683b', '#c2925d', 1, 22);
    m.at(0, .735, 0, () => m.box(1.7, .038, .88, w, .008)); for (const s of [-1, 1]) { m.at(0, .68, s * .36, () => m.box(1.45, .075, .022, w2, .003)); m.at(s * .74, .68, 0, () => m.box(.022, .075, .72, w2, .003)); for (const x of [-1, 1]) m.tube([[x * .755, .72, s * .375], [x * .775, 0, s * .39]], t => lerp(.036, .022, t), w2, { seg: 14 }); }
  };
  O.frutero = m => { const c = M('#e8e2d6', { rough: .35 }); m.lathe([[0, 0], [.06, 0], [.065, .01], [.15, .075], [.155, .08], [.145, .078], [.06, .02], [0, .018]], c, 40); for (const [x, y, z, r, k] of [[-.05, .07, .03, .042, '#c9421f'], [.045, .07, .04, .04, '#d98a1a'], [.0, .075, -.05, .041, '#8fae2d'], [.06, .085, -.03, .038, '#c63a22'], [0, .115, .005, .04, '#dd911f']]) m.at(x, y, z, () => m.ell(r, r * .93, r, M(k, { rough: .4, bump: [120, .08] }))); };
  O.lampara = m => {
    const w = wood('#6b4426', '#9a6a3f', 1, 30), br = metal('#b08d4f', .25), shade = M((q) => mul(rgb('#ffdca8'), .8 + .22 * noise(q[0] * 500, q[1] * 60, 1) + .35 * (1 - Math.min(1, Math.abs(q[1] - .14) * 6))), { emit: 1.5, rough: 1, noShadow: true });
    for (let i = 0; i < 3; i++) { const a = i * TAU / 3 + .5; m.rod([Math.cos(a) * .05, 1.14, Math.sin(a) * .05], [Math.cos(a) * .34, 0, Math.sin(a) * .34], .017, w, .013); m.rod([0, .5, 0], [Math.cos(a) * .21, .5, Math.sin(a) * .21], .006, br); }
    m.at(0, 1.13, 0, () => m.lathe([[0, -.03], [.07, -.03], [.075, 0], [.07, .03], [0, .03]], br)); m.rod([0, 1.14, 0], [0, 1.3, 0], .012, br); m.at(0, 1.24, 0, () => { m.lathe([[.25, 0], [.2, .32]], shade, 60); for (const [r, y] of [[.25, 0], [.2, .32]]) m.at(0, y, 0, [90, 0, 0], () => m.ring(r, .005, br, 60, 6)); });
    m.tube([[.02, .5, .02], [.05, .1, .02], [.2, .008, -.1], [.5, .008, -.3], [1.2, .008, -.5]], .004, rubber('#d9d2c4'), { smooth: 10, seg: 6 });
  };
  O.cuna = m => {
    const w = wood('#c79a66', '#e2c094', 1, 22, { rough: .4 }), w2 = wood('#c79a66', '#e2c094', 0, 22, { rough: .4 }), sheet = fabric('#f1ece2', 160, .3, .05), bl = fabric('#a9c1b4', 130, .9, .1), L = 1.24, D = .66;
    for (const s of [-1, 1]) {
      for (const z of [-1, 1]) m.at(s * L / 2, .47, z * D / 2, () => m.box(.05, .94, .05, w, .012));
      for (const [y, h] of [[.9, .06], [.26, .06]]) m.at(s * L / 2, y, 0, () => m.box(.032, h, D, w, .008));
      for (let i = 1; i < 7; i++) m.at(s * L / 2, .58, -D / 2 + D * i / 7, () => m.box(.016, .6, .034, w, .005));
      for (const [y, h] of [[.84, .05], [.26, .05]]) m.at(0, y, s * D / 2, () => m.box(L, h, .026, w2, .008));
      for (let i = 1; i < 15; i++) m.at(-L / 2 + L * i / 15, .55, s * D / 2, () => m.box(.03, .56, .013, w, .005));
    }
    m.at(0, .38, 0, () => m.box(L - .05, .12, D - .04, sheet, .04)); m.at(-.44, .46, 0, () => m.ell(.14, .045, .2, fabric('#fbf7ef', 160, .3, .04), .5, .6));
    m.grid(30, 40, (u, v) => { const z = (v - .5) * 2, over = Math.max(0, z - .78), x = .08 + u * .42, wv = .012 * Math.sin(v * 30 + u * 4); if (z < .78) return [x, .455 + .02 * fbm(u * 5, v * 5), z * .42]; return [x + wv * .3, .455 - over * .1, .33 - over * .05]; }, bl);
    m.at(.2, .845, D / 2, () => m.grid(26, 30, (u, v) => { const t = (v - .5) * 2, x = (u - .5) * .44, y = .035 - Math.pow(Math.abs(t), 1.3) * .38, wv = .012 * Math.sin(u * 22) * Math.abs(t); return [x * (1 + .06 * Math.abs(t)), y, Math.sign(t) * Math.min(.03, Math.abs(t) * .25) + wv + Math.sign(t) * .0]; }, fabric('#dcae9a', 120, .9, .14)));
    // a plush bear on the mattress
    const br = fabric('#b58b5f', 90, 1.2, .2); m.at(.3, .44, .02, [0, 10, 0], () => { m.at(0, .1, 0, () => m.ell(.075, .09, .07, br)); m.at(0, .23, .01, () => m.ell(.065, .06, .06, br)); m.at(0, .22, .065, () => m.ell(.026, .02, .018, fabric('#d9bd95', 90, .8))); for (const s of [-1, 1]) { m.at(s * .05, .285, 0, () => m.ell(.023, .023, .014, br)); m.at(s * .08, .12, .03, [0, 0, s * 30], () => m.ell(.026, .06, .026, br)); m.at(s * .05, .04, .08, () => m.ell(.032, .032, .06, br)); m.at(s * .024, .245, .062, () => m.ell(.007, .007, .005, gloss('#111'))); } });
  };
  O.espejo = m => { m.ring(.42, .016, metal('#b8924e', .28), 90, 12); m.disc(.42, metal('#f3f6f6', .002), .002, 90); };
  O.estanteria = m => {
    const w = wood('#a97b48', '#d2a872', 0, 20, { rough: .45 }), wv = wood('#a97b48', '#d2a872', 1, 20, { rough: .45 }), W = .92, H = 1.86, Z = .32;
    for (const s of [-1, 1]) m.at(s * (W / 2 - .0125), H / 2, 0, () => m.box(.027, H, Z, wv, .003)); plane(m, [0, H / 2, -Z / 2 + .004], W, H - .04, wood('#8f6638', '#b88d5a', 1, 16, { rough: .6 }), 'z');
    const ys = [.06, .42, .77, 1.12, 1.47, 1.84]; for (const y of ys) m.at(0, y, 0, () => m.box(W - .05, .026, Z - .01, w, .003)); m.at(0, .022, .05, () => m.box(W - .06, .045, .02, w, .002));
    const cols = ['#7c2f2a', '#2f4a63', '#d8c9a6', '#4d6148', '#c98a3a', '#e7e0d2', '#26262b', '#9a4f5e', '#6d8fa3', '#b5563a'];
    const row = (y, x, end, s) => { let i = s * 17; while (x < end - .02) { const t = .016 + hash(i, 3, 8) * .026, h = .19 + hash(i, 5, 8) * .09, d = .15 + hash(i, 6, 8) * .06; m.at(x + t / 2, y + .013, .1 - d / 2 - hash(i, 2, 2) * .03, () => Stage.bookAt(m, t, h, d, cols[Math.floor(hash(i, 9, 8) * 10)], hash(i, 4, 8) > .6 ? [.3, -.3] : null)); x += t + .001; i++; } };
    row(1.47, -.43, .1, 1); row(1.12, -.1, .43, 2); row(.77, -.43, .0, 3); row(.42, .1, .43, 4);
    Stage.plant(m, .28, 0, .28, { y: 1.483, pot: '#b6694a', w: .16, n: 16, r: .06 }); m.at(-.27, 1.133, .02, () => m.lathe([[0, 0], [.055, 0], [.08, .07], [.06, .17], [.025, .2], [.035, .23], [.03, .23], [0, .2]], M('#5d7f86', { rough: .3 })));
    m.at(.24, .783, .02, () => { m.at(0, .1, 0, [-8, -12, 0], () => Stage.frame(m, 0, 0, 0, .2, .18, art('#e9dfca', ['#c66b4a', '#35596b'], 4), wood('#5b3a22', '#7d5533', 0))); });
    for (const [x, c] of [[-.22, '#c7b592'], [.22, '#c7b592']]) m.at(x, .073 + .14, .0, () => { m.box(.38, .27, .27, M(q => mul(rgb(c), .62 + .4 * Math.abs(Math.sin(q[1] * 140) * Math.sin(q[0] * 110 + q[2] * 110))), { rough: .9, bump: [90, .6] }), .02); m.at(0, .06, .137, () => m.box(.1, .03, .005, M('#3a2a1c'), .002)); });
    m.at(-.25, .433, .0, () => { for (let i = 0; i < 3; i++) m.at(0, i * .035, 0, [0, i * 9 - 8, 0], () => m.at(0, .017, 0, [0, 0, 90], () => m.at(0, -.12, 0, () => Stage.bookAt(m, .032, .24, .17, cols[i * 3 + 1])))); m.at(.02, .105, 0, () => m.lathe([[0, 0], [.04, 0], [.042, .09], [.038, .09], [0, .08]], M('#efe9dc', { rough: .5 }))); });
  };

  // ---------- music and sport ----------
  O.guitarra = (m) => { // lies in the XY plane, bottom at y = 0, front towards +Z
    const half = [[0, 0], [.09, .003], [.165, .05], [.185, .13], [.165, .2], [.128, .262], [.122, .3], [.138, .36], [.142, .41], [.118, .462], [.06, .484], [0, .486]], pts = [...half, ...half.slice(1, -1).reverse().map(p => [-p[0], p[1]])];
    const top = rgb('#d39a52'), top2 = rgb('#e6b673'), hole = .325, ros = [[.043, .0455, '#1c1008'], [.0455, .049, '#8a4a22'], [.049, .053, '#e2c48e'], [.053, .0565, '#3a6142'], [.0565, .06, '#8a4a22'], [.06, .0615, '#1c1008']].map(r => [r[0], r[1], rgb(r[2])]);
    const front = M(q => { const r = Math.hypot(q[0], q[1] - hole); if (r < .043) return mul(rgb('#2a1a0e'), .12 + .5 * smooth(.02, -.04, q[1] - hole)); for (const k of ros) if (r >= k[0] && r < k[1]) return k[2]; return mix(top, top2, clamp(.5 * noise(q[0] * 330, q[1] * 5, 1) + .5 * fbm(q[0] * 60, q[1] * 2, 4))); }, { rough: .12, spec: .045 });
    const side = M(q => mul(rgb('#6b2f17'), .75 + .5 * fbm(q[0] * 8, q[1] * 8, q[2] * 60)), { rough: .14, spec: .05 }), dark = M('#1d1512', { rough: .4 }), neck = wood('#5a2d18', '#7b4526', 1, 40, { rough: .2 }), bone = M('#efe6d0', { rough: .3 }), al = metal('#d8c48a', .2);
    m.slab(curve(pts, 6), .096, front, .002, side); const rim = curve(pts, 6).map(p => [p[0] * .997, p[1], .047]); m.tube(rim, .0022, bone, { closed: true, seg: 6 });
    m.at(0, .125, .052, () => { m.box(.17, .026, .01, dark, .004); m.at(0, .003, .006, () => m.box(.08, .004, .006, bone, .001)); });
    m.at(0, .635, .045, () => { m.box(.055, .42, .02, neck, .008); m.at(0, -.068, .0125, () => m.box(.054, .56, .006, dark, .001)); for (let i = 1; i < 19; i++) { const y = .21 - .65 * (1 - Math.pow(2, -i / 12)); m.at(0, y, .0165, () => m.box(.053, .0022, .002, metal('#d5d5cf', .2), .0008)); } m.at(0, .213, .015, () => m.box(.053, .005, .012, bone, .001)); });
    m.at(0, .86, .036, [-9, 0, 0], () => { m.slab([[-.028, 0], [.028, 0], [.038, .03], [.036, .17], [.018, .176], [0, .19], [-.018, .176], [-.036, .17], [-.038, .03]], .019, neck, .003); for (const x of [-.017, .017]) m.at(x, .09, .0, () => { m.slab(rr(.01, .105, .005), .0196, dark, .0005); for (const y of [-.035, 0, .035]) { m.rod([-.012, y, .002], [.012, y, .002], .0035, bone); m.rod([Math.sign(x) * .012, y, 0], [Math.sign(x) * .032, y, 0], .002, al); m.at(Math.sign(x) * .036, y, 0, () => m.ell(.006, .009, .007, bone)); } }); });
    for (let i = 0; i < 6; i++) { const x = (i - 2.5) / 2.5; m.rod([x * .03, .128, .062], [x * .022, .85, .065], i < 3 ? .0011 : .0009, i < 3 ? metal('#b9a477', .3) : M('#e8e6dc', { rough: .2 }), undefined, 5); }
  };
  O.padel = m => { // racket standing in XY, butt at y = 0
    const out = curve([[0, .455], [.07, .445], [.118, .4], [.131, .33], [.115, .25], [.075, .19], [.03, .14], [.019, .115], [-.019, .115], [-.03, .14], [-.075, .19], [-.115, .25], [-.131, .33], [-.118, .4], [-.07, .445]], 6);
    const hx = []; for (let j = -5; j <= 5; j++) for (let i = -5; i <= 5; i++) { const x = i * .0205 + (j & 1 ? .01 : 0), y = .338 + j * .0185; if (Math.hypot(x / .098, (y - .338) / .093) < 1) hx.push([x, y]); }
    const heart = (x, y) => { y -= .172; const w = .036 * smooth(-.038, .02, y); return Math.abs(x) < w - .002 && y > -.034 && y < .016 - Math.pow(Math.abs(x) / .036, 2) * .008; };
    const yel = rgb('#e5d321'), blk = rgb('#17181b'), gr = rgb('#3a3d44');
    const face = M(q => { const [x, y] = q, d = y - .33 + x * .9; if (Math.hypot(x / .12, (y - .335) / .112) > 1) return blk; if (Math.abs(d) < .016) return yel; if (Math.abs(d - .032) < .006) return rgb('#f2f2ee'); return d > .05 ? yel : mix(blk, gr, clamp(.5 + .5 * Math.sin((x + y) * 700) * Math.sin((x - y) * 700))); }, { rough: .22, spec: .05, cut: q => { if (heart(q[0], q[1])) return true; for (const h of hx) { const dx = q[0] - h[0], dy = q[1] - h[1]; if (dx * dx + dy * dy < .0000384) return true; } return false; } });
    m.slab(out, .038, face, .008, M('#17181b', { rough: .3, spec: .05 }));
    m.tube([[0, .15, 0], [0, .005, 0]], () => [.0165, .0145], M(q => mul(rgb('#f0efe9'), .7 + .3 * smooth(0, .25, Math.abs(((q[0] * 42 + q[1] * 1) % 1) - .02))), { rough: .8, bump: [200, .3] }), { seg: 16 }); m.rod([0, .008, 0], [0, 0, 0], .02, M('#17181b')); m.tube([[0, .01, 0], [.04, -.002, .05], [.09, .004, .1], [.05, .004, .15], [-.02, .004, .12], [-.01, .01, .01]], .003, rubber(), { smooth: 8, seg: 6 });
  };
  O.pelota = m => m.ell(.033, .033, .033, M((q, p) => mul(rgb('#c9d92f'), .8 + .4 * noise(p[0] * 600, p[1] * 600, p[2] * 600)), { rough: 1, bump: [500, 1] }));
  O.surf = m => { // stands on its tail, deck towards +Z
    const L = 1.95, white = rgb('#f3efe4'), a = rgb('#1f8f94'), b = rgb('#e7793a'), c = rgb('#f2bf4b');
    const half = t => .27 * Math.pow(Math.sin(PI * Math.pow(clamp(.012 + t * .988), .86)), .62) * (t < .08 ? .75 + t * 3.1 : 1), deck = M(q => { const x = (q[0] < .5 ? q[0] * 2 - .5 : .5 - (q[0] * 2 - 1)) , t = q[1]; if (Math.abs(x) < .012) return rgb('#7a5632'); const k = t + Math.abs(x) * .16; if (k > .7 && k < .74) return c; if (k > .75 && k < .82) return b; if (k >= .83 && k < .94) return a; if (k > .2 && k < .225) return a; return mul(white, .96 + .06 * noise(t * 9, x * 6, 1)); }, { rough: .1, spec: .05 });
    m.grid(48, 60, (u, v) => { const s = u < .5 ? 1 : -1, x = u < .5 ? u * 4 - 1 : 3 - u * 4, w = half(v), th = .033 * Math.pow(Math.sin(PI * clamp(v, .02, .98)), .5), e = Math.sqrt(Math.max(0, 1 - Math.pow(Math.abs(x), 2.6))); return [x * w, v * L, s * th * e + .16 * Math.pow(Math.abs(v - .4) * 1.6, 3)]; }, deck, true);
    m.tube([[0, .08, .07], [.12, .1, .1], [.16, .03, .12], [.26, .01, .1], [.33, .012, .18], [.2, .012, .24]], .004, rubber(), { smooth: 8, seg: 6 }); m.at(.0, .2, .055, [-8, 0, 0], () => m.box(.26, .22, .008, M('#2a2c30', { rough: .9, tilt: q => [Math.sin(q[0] * 700) * .2, Math.sin(q[1] * 700) * .2, 0] }), .003));
  };
  O.vinilo = (m, c = '#b5482f') => { m.disc(.15, M('#0d0d0e', { rough: .16, spec: .09, tilt: q => { const r = Math.hypot(q[0], q[1]), k = Math.sin(r * 2600) * .12, s = Math.abs((r * 55) % 1) < .06 ? 0 : k; return r < .05 ? [0, 0, 0] : [q[0] / r * s, q[1] / r * s, 0]; } }), 0, 72); m.at(0, 0, -.001, () => m.ring(.15, .0012, M('#0d0d0e'), 72, 6)); m.disc(.05, M(q => { const r = Math.hypot(q[0], q[1]); return r < .004 ? rgb('#000000') : Math.abs(r - .043) < .001 || (r > .015 && Math.abs(q[1]) < .003 && Math.abs(q[0]) > .014) ? rgb('#f0dfc0') : rgb(c); }, { rough: .4 }), .0012, 40); };
  O.funda = (m, fn) => { m.box(.315, .315, .005, M((q) => fn(q[0] / .315, q[1] / .315), { rough: .3, spec: .045 }), .001); };

  // ---------- outdoors ----------
  O.tienda = m => {
    const o1 = rgb('#d9722a'), o2 = rgb('#e9e2d2'), g = rgb('#4d5a61'), R = 1.22, H = 1.3;
    const P = (u, v) => { const a = u * TAU + PI / 4, b = v * PI / 2, s = (x, e) => Math.sign(x) * Math.pow(Math.abs(x), e), sag = 1 - .055 * Math.pow(Math.abs(Math.sin(2 * u * TAU)), 1) * 0, k = Math.pow(Math.cos(b), .8), c = Math.cos(a), n = Math.sin(a), q = 1 / Math.pow(Math.pow(Math.abs(c), 3.2) + Math.pow(Math.abs(n), 3.2), 1 / 3.2), wr = 1 + .012 * (fbm(u * 30, v * 6, 2) - .5); return [R * k * q * c * wr * sag, H * Math.pow(Math.sin(b), .9), R * .86 * k * q * n * wr]; };
    const doorIn = (u, v) => { const x = (((u - .125 + 1.5) % 1) - .5) / .118; return v < .62 && Math.abs(x - 0) < 1 ? 1 - v / .62 - Math.pow(Math.abs(x), 2) * .9 : -1; };
    const skin = M(q => { const [u, v] = q, d = doorIn(u, v); if (d > .14) return mul(g, .14); if (d > .05) return rgb('#23282b'); if (v < .1) return g; const f = 1 + (noise(u * 160, v * 40, 1) - .5) * .12; return mul((v > .62 && v < .97) || Math.floor(u * 4 + .5) % 2 ? o1 : o2, f); }, { rough: .55, spec: .03, bump: [14, .12], cut: q => doorIn(q[0], q[1]) > .16 });
    m.grid(160, 40, P, skin, true); const pole = M('#2a2c2e', { rough: .4 });
    for (const k of [0, 1]) { const p = []; for (let i = 0; i <= 40; i++) { const t = i / 40, u = (k ? .25 : 0) + (t < .5 ? 0 : .5), q = P(u, t < .5 ? t * 2 : 2 - t * 2); p.push([q[0] * 1.012, q[1] + .012, q[2] * 1.012]); } m.tube(p, .012, pole, { seg: 8 }); }
    for (const u of [0, .25, .5, .75]) { const a = P(u, .38), b = P(u, 0); m.rod(a, [b[0] * 1.45, 0, b[2] * 1.45], .004, M('#f0e35a')); }
    plane(m, [0, .02, 0], R * 1.7, R * 1.5, M('#3b4347')); m.at(.1, .1, .1, [0, 15, 0], () => m.ell(.3, .1, .75, fabric('#2f5f8f', 20, .5), .6, .6)); // groundsheet and a sleeping bag
    m.grid(14, 20, (u, v) => { const q = P(.125 + .115 * 1.0, v * .6); return [q[0] * (1.01) + .12 * u * Math.sin(v * 9) * .3 - .02, q[1], q[2] + .02 + .1 * u + .03 * Math.sin(v * 14)]; }, M(() => o2, { rough: .6 }));
  };

  // ---------- clothes ----------
  O.chaqueta = m => { // hangs in XY, hem at y = 0, shoulders near y = .68
    const base = rgb('#4a2a1a'), dk = rgb('#20110a'), lea = (k = 1) => M((q, p) => mul(mix(dk, base, clamp(.15 + fbm(p[0] * 11, p[1] * 11, p[2] * 11) * 1.15)), k), { rough: .5, spec: .05, bump: [260, .22], tilt: (q, p) => { const s = .22, f = (x, y) => fbm(x * 13 + y * 5, y * 11 - x * 4, 3); return [0, (f(p[0], p[1] + .01) - f(p[0], p[1])) * -s * 6, 0]; } }), L = lea(), L2 = lea(.82), zip = metal('#c9c4b4', .25), lin = fabric('#3a2b22', 200, .3);
    const W = v => lerp(.235, .262, smooth(0, .7, v)) - .015 * Math.sin(v * PI) - smooth(.86, 1.02, v) * .12, Y = v => v * .66, Dp = v => .075 + .02 * Math.sin(v * PI) - smooth(.85, 1, v) * .045;
    // body: wraps from one front edge round the back to the other
    m.grid(70, 40, (u, v) => { const gap = .5 + smooth(.45, 1, v) * .22, a = lerp(gap * .16, TAU - gap * .16, u) + PI / 2, s = (x, e) => Math.sign(x) * Math.pow(Math.abs(x), e), w = W(v), drop = v > .85 ? (v - .85) * .33 * Math.abs(Math.cos(a)) * 1.3 : 0, fold = .006 * Math.sin(u * 60 + v * 5) * (1 - v); return [w * s(Math.cos(a), .8), Y(v) - drop, Dp(v) * s(Math.sin(a), .9) + fold]; }, L);
    plane(m, [0, .36, -.03], .4, .6, lin, 'z');
    m.at(0, .022, 0, () => { const p = []; for (let i = 0; i <= 40; i++) { const a = PI / 2 + .09 + (TAU - .18) * i / 40; p.push([.238 * Math.sign(Math.cos(a)) * Math.pow(Math.abs(Math.cos(a)), .8), 0, .08 * Math.sign(Math.sin(a)) * Math.pow(Math.abs(Math.sin(a)), .9)]); } m.tube(p, () => [.008, .03], L2, { up: [0, 1, 0], seg: 10 }); });
    for (const s of [-1, 1]) {
      m.tube([[s * .185, .6, 0], [s * .255, .545, .004], [s * .305, .4, .012], [s * .335, .22, .03], [s * .342, .03, .055]], t => [lerp(.082, .047, Math.pow(t, .7)) + .005 * (fbm(t * 13, s, 1) - .5) * 2, lerp(.078, .047, t) + .005 * (fbm(t * 11, s, 5) - .5) * 2], L, { smooth: 12, seg: 22 });
      m.tube([[s * .342, .055, .053], [s * .343, .015, .057]], .05, L2, { seg: 22 }); m.at(s * .325, .1, .09, [0, s * 10, -s * 4], () => m.box(.006, .11, .006, zip, .002));
      // lapel
      m.grid(8, 16, (u, v) => { const y = lerp(.36, .6, v), w = .012 + .1 * Math.sin(Math.min(1, v * 1.25) * PI / 2) * (v > .8 ? 1 - (v - .8) * 2.6 : 1), x0 = .008 + .075 * smooth(0, 1, v); return [s * (x0 + u * w), y + u * .018 * v, Dp(y / .66) + .012 + .014 * Math.sin(u * PI) - u * .012 - smooth(.7, 1, v) * .012]; }, L2);
      // collar
      m.grid(10, 8, (u, v) => { const a = u * PI * .5, r = .088; return [s * r * Math.cos(a) * (1 + v * .25), .632 + .02 * Math.sin(a) - v * .055 + .02 * Math.sin(v * PI), .05 - .1 * Math.sin(a) * .9 + v * .02]; }, L2);
      m.tube([[s * .008, .02, .083], [s * .008, .2, .098], [s * .01, .36, .1]], () => [.005, .003], zip, { smooth: 6, seg: 8 });
      m.rod([s * .1, .23, .095], [s * .165, .13, .08], .006, zip); m.rod([s * .1, .232, .095], [s * .1, .205, .1], .004, zip); m.rod([s * .15, .645, .015], [s * .19, .59, .03], .0, zip);
      m.at(s * .165, .585, .035, [-62, s * 10, s * 24], () => m.box(.1, .035, .008, L2, .004)); m.at(s * .135, .6, .045, () => m.ell(.007, .007, .005, zip));
    }
    m.at(-.14, .4, .093, [0, -6, 12], () => m.box(.085, .006, .006, zip, .002)); m.at(0, .02, .09, () => m.box(.05, .04, .012, metal('#a8a394', .3), .004));
    const hw = wood('#b98a55', '#d7ae79', 0, 30); m.tube([[-.2, .62, -.005], [-.1, .665, 0], [0, .69, 0], [.1, .665, 0], [.2, .62, -.005]], .014, hw, { smooth: 6 }); m.tube([[0, .69, 0], [0, .745, 0], [.03, .775, 0], [.0, .81, 0], [-.03, .79, 0]], .004, metal(), { smooth: 8, seg: 8 });
  };
  O.zapatilla = (m, c = ['#2fa39a', '#f4f2ee', '#27304a']) => { // toe towards +X, ten times life size
    const [c1, c2, c3] = c.map(rgb), half = t => .5 * (.36 + .2 * smooth(0, .25, t) - .09 * Math.sin(clamp((t - .25) / .35) * PI) + .42 * smooth(.4, .72, t)) * Math.pow(Math.max(0, 1 - Math.pow(Math.abs(t * 2 - 1), 7)), .42) * .98, bend = t => .1 * Math.sin((t - .25) * 3) * (t > .25 ? 1 : 0) * .7, rise = t => .13 * Math.pow(clamp((t - .68) / .32), 2) + .05 * Math.pow(clamp((.15 - t) / .15), 2), L = 2.85;
    const foam = M(q => q[1] < .3 ? c3 : (q[1] > .62 && q[1] < .7 && q[0] < .9 ? c1 : c2), { rough: .6 });
    m.grid(70, 16, (u, v) => { const side = Math.cos(u * TAU), t = (1 - Math.cos(u * TAU)) / 2, s = u < .5 ? 1 : -1, wob = 1.05 + .06 * Math.sin(v * PI), th = lerp(.36, .24, t); return [L * t + (side > 0 ? -1 : 1) * .05 * Math.sin(v * PI) * Math.abs(side), rise(t) + v * th, s * half(t) * wob + bend(t)]; }, M(q => { const v = q[1]; return v < .2 ? c3 : v > .5 && v < .6 ? c1 : c2; }, { rough: .6, tilt: q => q[1] > .62 ? [0, Math.sin(q[0] * 320) * .12, 0] : [0, 0, 0] }), true);
    m.grid(50, 2, (u, v) => [L * u, rise(u) + lerp(.36, .24, u) - .01, (v - .5) * 2 * half(u) + bend(u)], M(c[1]));
    const top = t => 1.12 - .2 * smooth(0, .14, t) * smooth(.42, .2, t) * 1.2 - smooth(.36, .84, t) * .52 - smooth(.8, 1, t) * .18, open = t => t > .07 && t < .42 ? Math.pow(Math.sin(PI * (t - .07) / .35), .5) : 0, base = t => rise(t) + lerp(.36, .24, t) - .03;
    const upper = M(q => { const t = q[0], w = Math.abs(q[1] - .5) * 2; if (t > .9 && w > .3) return c3; if (t < .13 && w > .15) return c3; const st = t + .22 * Math.sin(w * 3.4 - .6); if (w > .25 && Math.abs(st - .66) < .012) return c2; const fade = smooth(.45, .63, st), on = Math.hypot((t * 62) % 1 - .5, (w * 17) % 1 - .5) < .55 * (1 - fade); return mul(w > .25 && st < .64 && on ? c3 : c1, (Math.sin(t * 420) * Math.sin(q[1] * 260) > .45 ? .62 : 1) * (.92 + .12 * noise(t * 90, q[1] * 90, 1))); }, { rough: .8, bump: [60, .35], spec: .03 });
    const sect = (t, k, shrink) => { const b = base(t), h = Math.max(.02, (top(t) - b) * Math.pow(Math.max(0, 1 - Math.pow(Math.abs(t * 2 - 1), 9)), .3)) * (1 - shrink * .15), w = half(t) * (1 - shrink * .14) * 1.0, o = open(t) * .5; let a = k * PI; const a0 = PI / 2 - o * .92, a1 = PI / 2 + o * .92; if (o > 0) a = k < .5 ? k * 2 * a0 : a1 + (k - .5) * 2 * (PI - a1); const x = Math.cos(a), y = Math.sin(a); return [L * t + (t < .1 ? -.07 * Math.sin(k * PI) * (1 - t * 10) : 0), b + h * Math.pow(y, .75), Math.sign(x) * Math.pow(Math.abs(x), .72) * w * (1 - .25 * y * y * (t < .45 ? 1 - .5 * o : .5)) + bend(t)]; };
    for (const h of [0, 1]) m.grid(60, 16, (u, v) => sect(.004 + u * .992, h * .5 + v * .49999, 0), M(q => upper.color([q[0], h * .5 + q[1] * .5]), { rough: .8, bump: [60, .35], spec: .03 }));
    const dark = fabric('#1b1d22', 40, .5); for (const h of [0, 1]) m.grid(40, 10, (u, v) => sect(.06 + u * .38, h * .5 + v * .49999, .6), dark);
    for (const h of [.49999, .5001]) { const p = []; for (let i = 0; i <= 24; i++) p.push(sect(.065 + i / 24 * .36, h, .25)); m.tube(p, .04, M(c[2], { rough: .9 }), { smooth: 2 }); } 
    m.grid(10, 16, (u, v) => { const t = lerp(.72, .34, v), p = sect(t, .5, 0); return [L * t - v * .05, top(t) + .05 + v * v * .22 - Math.pow(u - .5, 2) * .3, bend(t) + (u - .5) * lerp(.2, .4, v)]; }, M(c[2], { rough: .9, bump: [50, .3] }));
    const lace = M(c[1], { rough: .9 }); for (let i = 0; i < 6; i++) { const t = .68 - i * .052, y = top(t) + .07 + (i / 6) * .05, w = .15 + i * .012, b = bend(t); for (const s of [-1, 1]) m.tube([[L * t, y - .1, b + s * w * 1.15], [L * (t - .013), y + .02, b + s * w * .5], [L * (t - .03), y + .045, b - s * w * .35], [L * (t - .045), y - .03, b - s * w * 1.15]], () => [.035, .016], lace, { smooth: 5, seg: 8 }); }
    const t = .39, y = top(t) + .2; for (const s of [-1, 1]) { m.tube([[L * t, y, bend(t)], [L * t + .12, y + .1, s * .22], [L * t + .16, y - .02, s * .42], [L * t + .06, y - .02, s * .25], [L * t, y, bend(t)]], .026, lace, { smooth: 7 }); m.tube([[L * t, y, bend(t)], [L * t + .2, y, s * .2], [L * t + .3, y - .25, s * .36]], .024, lace, { smooth: 7 }); }
  };
  O.reloj = m => { // strap loop around the X axis, dial towards +Z
    const steel = metal('#cfd2d5', .18), dkst = metal('#b4b7ba', .3), lea = M((q, p) => mul(rgb('#6a3f22'), .7 + .5 * fbm(p[0] * 9, p[1] * 9, p[2] * 9)), { rough: .5, spec: .045, bump: [60, .25] }), stitch = M('#e3d5b8');
    const loop = t => { const a = lerp(-PI / 2 + .62, TAU - PI / 2 - .62, t) ; return [0, .3 + .34 * Math.sin(a + PI) * -1, -.02 - .3 + .34 * Math.cos(a + PI)]; };
    const P = a => [0, .33 * Math.cos(a), -.3 + .31 * Math.sin(a)], pts = []; for (let i = 0; i <= 40; i++) { const a = PI / 2 + .52 + (TAU - 1.04) * i / 40; pts.push(P(a)); }
    m.tube(pts, t => [lerp(.11, .09, Math.sin(t * PI)), .02], lea, { up: [0, 0, 1], free: true, seg: 14 });
    for (const s of [-1, 1]) for (let i = 1; i < 60; i++) if (i % 2) { const a = PI / 2 + .55 + (TAU - 1.1) * i / 60, b = a + .05, k = .022, w = (.1 - .018 * Math.sin(i / 60 * PI)) * .84; const A = P(a), B = P(b), o = p => [s * w, p[1] * (1 + k / .33), -.3 + (p[2] + .3) * (1 + k / .31)]; m.rod(o(A), o(B), .0035, stitch, .0035, 5); }
    m.at(0, 0, .02, () => {
      m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[0, -.045], [.17, -.045], [.2, -.03], [.205, .02], [.195, .04], [.19, .055], [.168, .06], [.164, .045]], steel, 80));
      for (const x of [-.1, .1]) for (const y of [-1, 1]) m.at(x, y * .19, -.012, [y * 24, 0, 0], () => m.box(.035, .11, .045, steel, .012)); m.rod([.2, 0, 0], [.245, 0, 0], .026, dkst, .028, 20); m.rod([.2, 0, 0], [.21, 0, 0], .03, steel);
      const blue = rgb('#16365f'), b2 = rgb('#3f74ad'); m.disc(.168, M(q => { const r = Math.hypot(q[0], q[1]), a = Math.atan2(q[1], q[0]); if (Math.abs(r - .155) < .0035 && Math.abs(((a * 60 / TAU + 60) % 1) - .5) > .42) return rgb('#e8edf2'); const sun = Math.pow(.5 + .5 * Math.cos(a * 2 - 1.6), 3); if (Math.hypot(q[0], q[1] + .075) < .036) return mul(blue, .45 + .25 * Math.sin(Math.hypot(q[0], q[1] + .075) * 900)); return mix(blue, b2, sun * .75 * clamp(1.2 - r * 3)); }, { rough: .14, spec: .06 }), .04, 64);
      for (let i = 0; i < 12; i++) m.at(0, 0, .043, [0, 0, i * 30], () => m.at(0, .128, 0, () => m.box(i % 3 ? .009 : .014, i % 3 ? .03 : .038, .006, steel, .002)));
      m.at(.108, 0, .042, () => m.box(.034, .026, .003, M('#f4f2ec', { rough: .5 }), .001));
      const hand = metal('#f0f1f2', .15); m.at(0, 0, .05, [0, 0, 56], () => m.at(0, .04, 0, () => m.box(.014, .085, .004, hand, .002))); m.at(0, 0, .054, [0, 0, -58], () => m.at(0, .058, 0, () => m.box(.01, .13, .004, hand, .002))); m.at(0, 0, .058, [0, 0, 165], () => m.at(0, .045, 0, () => m.box(.0035, .18, .003, gloss('#d2512a'), .001))); m.at(0, 0, .058, () => m.ell(.01, .01, .006, hand));
      m.at(0, -.075, .043, [0, 0, 40], () => m.box(.0035, .05, .003, hand, .001));
    });
    m.at(0, -.35, -.37, [40, 0, 0], () => { m.box(.24, .1, .02, metal('#c4c7ca', .25), .008); });
  };

  // ---------- electronics ----------
  const pane = fn => glow(q => fn(q[0], q[1]), 1);
  O.movil = (m, o = {}) => { // stands in XY (centre at the origin), screen towards +Z
    const w = .715, h = 1.467, body = metal(o.rim || '#5b6f86', .3);
    m.slab(rr(w, h, .12, 10), .078, gloss(o.back || '#2f4a66', .06), .008, body);
    m.at(0, 0, .0375, () => m.slab(rr(w - .012, h - .012, .115, 10), .004, gloss('#060607', .04), .001));
    m.at(0, 0, .0405, () => { const icons = []; const cl = ['#f4b13d', '#3f86e8', '#44b96b', '#e4574c', '#f2f2f2', '#8b62d9', '#22262c', '#3ab7c4']; for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) icons.push([-.235 + c * .157, .5 - r * .19, cl[(r * 3 + c * 5) % 8]]); for (let c = 0; c < 4; c++) icons.push([-.235 + c * .157, -.61, cl[(c * 3 + 1) % 8]]);
      const ic = icons.map(i => [i[0], i[1], rgb(i[2])]), inside = (x, y, r, k) => Math.max(Math.abs(x) - (r - k), 0) ** 2 + Math.max(Math.abs(y) - (r - k), 0) ** 2 < k * k && Math.abs(x) < r && Math.abs(y) < r;
      m.slab(rr(.665, 1.417, .095, 10), .0015, glow(q => { const [x, y] = q; if (inside(x, (y - .675) * 1.6, .105, .05) || Math.abs(y) > .71) return [.002, .002, .002]; for (const i of ic) if (inside(x - i[0], y - i[1], .056, .026)) return i[2]; if (Math.abs(y + .61) < .095 && Math.abs(x) < .31) return rgb('#9fb4d8'); const d = Math.sin(x * 3 + y * 2.2 + Math.sin(y * 4) * .6); return mix(mix(rgb('#153a7a'), rgb('#e0653f'), clamp(.5 - y * .75)), rgb('#7a3f9a'), clamp(d * .5 + .3)); }, .95), .0005); });
    if (o.cam) m.at(0, 0, -.039, [0, 180, 0], () => { m.at(-.16, .52, 0, () => { m.slab(rr(.3, .3, .085, 8), .03, gloss(o.back, .1), .008); for (const [x, y] of [[-.062, .062], [.062, -.062]]) m.at(x, y, .015, () => { m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[.062, 0], [.066, .016], [.056, .018], [.05, .008]], body, 36)); m.disc(.054, gloss('#050507', .03, { spec: .1 }), .009); m.disc(.022, gloss('#1a2c55', .03, { spec: .2 }), .0095); m.disc(.009, gloss('#000000', .02, { spec: .2 }), .01); }); m.at(.06, .065, .016, () => m.disc(.024, M('#fdf3d8', { rough: .2, emit: .7 }))); m.at(-.05, -.06, .016, () => m.disc(.008, M('#111'))); }); });
    m.at(w / 2, .25, 0, () => m.box(.012, .18, .03, body, .005)); m.at(-w / 2, .3, 0, () => m.box(.012, .1, .03, body, .005)); m.at(-w / 2, .14, 0, () => m.box(.012, .1, .03, body, .005));
  };
  O.camara = m => { // body centre at x = 0, lens towards +Z, base at y = 0
    const blk = M('#232427', { rough: .62, spec: .045, bump: [40, .06] }), lea = M('#1a1a1c', { rough: .8, spec: .05, bump: [45, 1.1] }), al = metal('#9b9ea2', .3), dk = M('#141416', { rough: .4, spec: .05 });
    m.at(.02, .47, 0, () => m.box(1.36, .9, .46, blk, .13, 6)); m.at(.08, .43, .02, () => m.box(1.2, .56, .455, lea, .1, 5));
    m.at(-.55, .46, .17, () => m.ell(.19, .46, .25, lea, .45, .6)); // grip
    m.at(.05, .98, -.02, () => { m.at(0, 0, 0, [0, 0, 0], () => m.slab(curve([[-.36, -.14], [-.3, .06], [-.2, .2], [0, .235], [.2, .2], [.3, .06], [.36, -.14]], 5, true), .42, blk, .06)); m.at(0, .235, -.02, () => m.box(.2, .025, .2, al, .006)); m.at(0, .06, .2, [14, 0, 0], () => m.box(.34, .2, .06, blk, .03)); });
    m.at(-.44, .93, 0, () => { m.lathe([[0, 0], [.14, 0], [.14, .09], [.13, .1], [0, .1]], M('#222', { rough: .5, tilt: q => [Math.sin(q[0] * 300) * .3, 0, Math.cos(q[0] * 300) * .3] })); }); m.at(-.56, .9, .24, [28, 0, 0], () => { m.lathe([[0, 0], [.085, 0], [.085, .05], [0, .055]], al); m.at(0, .05, 0, () => m.lathe([[0, 0], [.055, 0], [.05, .02], [0, .024]], gloss('#c8281f', .2))); }); m.at(.5, .92, 0, () => m.lathe([[0, 0], [.13, 0], [.13, .07], [.12, .08], [0, .08]], dk));
    m.at(.1, .46, .22, [90, 0, 0], () => {
      const rib = M('#1b1b1d', { rough: .75, spec: .04, tilt: q => [Math.sin(q[0] * TAU * 70) * .45 * -Math.sin(q[0] * TAU), 0, Math.sin(q[0] * TAU * 70) * .45 * Math.cos(q[0] * TAU)] });
      m.lathe([[.43, 0], [.43, .05]], al, 64); m.lathe([[.42, .05], [.42, .14], [.4, .16]], dk, 64); m.lathe([[.41, .16], [.425, .17], [.425, .36], [.41, .37]], rib, 90); m.lathe([[.4, .37], [.4, .4]], gloss('#b3231c', .3), 64); m.lathe([[.405, .4], [.415, .41], [.415, .5], [.4, .51]], rib, 90); m.lathe([[.4, .51], [.41, .54], [.41, .63], [.395, .64], [.37, .635], [.3, .56], [.28, .53]], dk, 64);
      m.lathe([[.3, .53], [.24, .565], [.14, .59], [0, .6]], gloss('#07060c', .02, { spec: .16 }), 48); m.lathe([[.25, .567], [.2, .58], [.16, .588]], gloss('#1c1238', .03, { spec: .25 }), 48); m.lathe([[.1, .597], [.06, .602], [0, .603]], gloss('#10302c', .03, { spec: .3 }), 32);
    });
    m.at(.53, .8, .2, () => m.ell(.05, .05, .04, gloss('#2a2a2e'))); for (const s of [-1, 1]) m.at(.02 + s * .69, .82, 0, [0, 90, 0], () => m.ring(.05, .012, al, 24, 8));
  };
  O.correa = (m, pts, c = '#2b2b2d', w = .13) => m.tube(pts, () => [w, .012], M(c, { rough: .85, bump: [60, .3] }), { smooth: 12, up: [0, 1, 0], free: true, seg: 12 });
  O.fondo = (x, y, k = 0) => { // a landscape for screens, x and y in -.5 .. .5
    const ridge = (s, f, h) => h + .1 * (fbm(x * f + s, 3, s) - .5) * 2.2; if (y < ridge(1, 4, -.26)) return rgb(k ? '#1b2433' : '#17362f'); if (y < ridge(5, 3.4, -.12)) return rgb(k ? '#3a3f63' : '#2c5a52'); if (y < ridge(9, 3, .03)) return rgb(k ? '#77608f' : '#5f8f87'); const s = Math.hypot(x - .18, y - .14); if (s < .06) return rgb('#fff1cf'); return mix(rgb(k ? '#f4a66a' : '#f3d9a8'), rgb(k ? '#4a5fa8' : '#6fb0cf'), clamp(y * 1.7 + .12)); };
  O.teclas = (m, rows, w, d, mat) => { const dz = d / rows.length; rows.forEach((r, j) => { const sum = r.reduce((a, b) => a + b, 0); let x = -w / 2; r.forEach((k, i) => { const kw = k / sum * w; m.at(x + kw / 2, 0, -d / 2 + dz * (j + .5), () => m.box(kw - .02, .02, dz - .02, typeof mat === 'function' ? mat(j, i, r.length) : mat, .008, 2)); x += kw; }); }); };
  const ROWS = [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.7], [1.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.2], [1.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.9], [2.3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2.4], [1.2, 1.2, 1.2, 6, 1.2, 1.2, 1.2, 1.2]];
  O.portatil = m => {
    const body = M('#2b2d31', { rough: .5, spec: .05 }), W = 3.2, D = 2.2; m.at(0, .07, 0, [90, 0, 0], () => m.slab(rr(W, D, .12), .13, body, .03)); m.at(0, .137, -.28, () => m.box(2.9, .006, 1.08, M('#1c1d20', { rough: .6 }), .002)); m.at(0, .145, -.28, () => O.teclas(m, ROWS, 2.84, 1.02, M('#3a3c41', { rough: .55 }))); m.at(0, .139, .66, () => m.box(1.05, .006, .62, M('#34363b', { rough: .25 }), .003));
    m.at(0, .13, -D / 2 + .02, [-18, 0, 0], () => { m.at(0, 1.02, 0, () => { m.slab(rr(W, 2.04, .1), .07, body, .02); m.at(0, 0, .036, () => m.box(W - .04, 2.0, .004, gloss('#0a0a0b', .08), .001)); m.at(0, .05, .0395, () => m.box(W - .2, 1.76, .002, glow(q => { const x = q[0] / (W - .2), y = q[1] / 1.76; if (y < -.455) return rgb('#1d2430'); if (Math.abs(x + .12) < .2 && Math.abs(y - .08) < .24) return y - .08 > .2 ? rgb('#39465c') : (Math.sin(y * 150) > .2 && x < -.0 + .12 * hash(Math.floor(y * 24), 1, 1) && x > -.29 ? rgb('#9aa4b5') : rgb('#f4f5f7')); return O.fondo(x, y, 1); }, .9), .0005)); }); m.rod([-1.2, 0, 0], [1.2, 0, 0], .06, body); });
  };
  O.monitor = m => {
    const blk = M('#1b1c1f', { rough: .4, spec: .05 }), al = metal('#b5b8bb', .3), W = 6.1, H = 3.5;
    m.at(0, 3.25, 0, [-3, 0, 0], () => { m.slab(rr(W, H, .06), .16, blk, .03); m.at(0, .03, .081, () => m.box(W - .1, H - .16, .004, glow(q => O.fondo(q[0] / W, q[1] / H), .85), .001)); m.at(0, 0, -.2, () => m.box(3, 2, .3, blk, .1)); });
    m.at(0, 1.5, -.35, [-4, 0, 0], () => m.box(.5, 2.8, .14, al, .05)); m.at(0, .05, -.2, [90, 0, 0], () => m.slab(rr(2.3, 1.7, .25), .09, al, .02));
  };
  O.teclado = m => {
    const shell = M('#2d3644', { rough: .45 }), pal = ['#e9e4d8', '#c9c4ba', '#e0663c', '#3f7f8c'], W = 3.3, D = 1.36; m.at(0, .14, 0, [3, 0, 0], () => { m.box(W, .24, D, shell, .05); m.at(0, .11, 0, () => m.box(W - .14, .04, D - .14, M('#14161a'), .01));
      const dz = (D - .16) / 6; ROWS.forEach((r, j) => { const sum = r.reduce((a, b) => a + b, 0), w = W - .18; let x = -w / 2; r.forEach((k, i) => { const kw = k / sum * w, c = (j === 0 && i === 0) || (j === 3 && i === r.length - 1) ? pal[2] : j === 5 && k > 5 ? pal[3] : (i === 0 || i === r.length - 1 || k > 1.1 || (j === 0 && i > 4 && i < 9)) ? pal[1] : pal[0], km = M(c, { rough: .5, spec: .045 }); m.at(x + kw / 2, .17, -D / 2 + .08 + dz * (j + .5), [(2.5 - j) * 2.2, 0, 0], () => { m.grid(24, 5, (u, v) => { const a = u * TAU, e = .32, s = t => Math.sign(t) * Math.pow(Math.abs(t), e), kk = v < .6 ? 1 - v * .35 : .79 - (v - .6) * .1, rad = v > .8 ? (1 - v) / .2 : 1; return [s(Math.cos(a)) * (kw / 2 - .012) * (v < .9 ? lerp(1, 1 - .035 / kw * 2, v) : 0.0 + (1 - .035 / kw * 2) * rad), -.04 + Math.min(v, .8) / .8 * .16 - (v > .95 ? .008 : 0), s(Math.sin(a)) * (dz / 2 - .01) * (v < .9 ? lerp(1, .8, v) : .8 * rad) - .01 * v]; }, km, true); }); x += kw; }); }); });
    const cb = M('#e0663c', { rough: .6 }), p = []; for (let i = 0; i <= 260; i++) { const t = i / 260, a = t * TAU * 16; p.push([.2 + t * 1.5, .12 + .09 * Math.sin(a), -1.05 - .12 * Math.sin(t * 2) + .09 * Math.cos(a)]); } m.tube(p, .026, cb, { seg: 7 }); m.tube([[-.3, .16, -.66], [-.3, .12, -.9], [-.1, .08, -1.05], p[0]], .026, cb, { smooth: 8 }); m.tube([p[260], [2.2, .05, -1.3], [3.5, .04, -1.6]], .026, cb, { smooth: 8 });
  };
  O.raton = m => { m.at(0, .17, 0, () => m.ell(.31, .18, .55, M('#e9e6df', { rough: .4 }), .8, .85)); m.at(0, .32, -.25, [0, 0, 90], () => m.lathe([[0, -.03], [.06, -.03], [.06, .03], [0, .03]], M('#333'))); };
  O.auriculares = m => { // cups at the sides, standing
    const cream = M('#e4dccd', { rough: .35, spec: .05 }), pad = M('#8a7866', { rough: .7, bump: [60, .4] }), al = metal('#c9b79a', .22), band = [], band2 = [];
    for (let i = 0; i <= 30; i++) { const a = lerp(-14, 194, i / 30) * PI / 180; band.push([.78 * Math.cos(a), 1.15 + .86 * Math.sin(a), 0]); if (i > 5 && i < 25) band2.push([.73 * Math.cos(a), 1.15 + .8 * Math.sin(a), 0]); }
    m.tube(band, t => [.04, .11 - .035 * Math.pow(Math.abs(t - .5) * 2, 2)], cream, { up: [0, 0, 1], seg: 16 }); m.tube(band2, t => [.045, .1 * Math.pow(Math.sin(PI * clamp(t, .03, .97)), .3)], pad, { up: [0, 0, 1], seg: 16 });
    for (const s of [-1, 1]) { m.rod([s * .765, 1.0, 0], [s * .8, .72, 0], .03, al); m.tube([[s * .8, .74, -.3], [s * .84, .72, 0], [s * .8, .74, .3]].map(p => [p[0], p[1] - Math.abs(p[2]) * .55, p[2]]), .028, al, { smooth: 6 });
      m.at(s * .74, .46, 0, [0, s * 90 + s * 6, 0], () => { m.at(0, 0, .06, () => m.ell(.4, .45, .14, cream, .7, .9, 40, 24)); m.at(0, 0, .185, () => m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[0, .02], [.24, .02], [.26, .0]], al, 48), [1, 1, 1.12])); m.at(0, 0, -.06, () => m.at(0, 0, 0, () => m.ring(.27, .13, pad, 48, 16), [1, 1.14, .9])); m.at(0, 0, -.05, () => m.disc(.3, fabric('#3a3530', 40, .4))); }); }
  };
  O.consola = m => { // lies in XY, centre at the origin, front towards +Z
    const blk = M('#1d1e21', { rough: .45, spec: .05 }), W = 1.74, H = 1.02, L = gloss('#7a6fc0', .35), Rr = gloss('#e3b13c', .35), key = M('#202226', { rough: .4, spec: .05 });
    m.slab(rr(W, H, .03), .14, blk, .02); m.at(0, 0, .071, () => m.slab(rr(W - .03, H - .03, .02), .004, gloss('#08080a', .05), .001));
    m.at(0, 0, .0745, () => m.box(1.4, .8, .002, glow(q => { const x = q[0] / 1.4, y = q[1] / .8; const gx = Math.floor(x * 24), gy = Math.floor((y + .5) * 14); const h = 2 + Math.floor(2.6 * noise(gx * .3, 4, 2) + (gx > 6 ? 2 : 0)); if (gy < h) return gy === h - 1 ? rgb('#5bbf4c') : rgb((gx + gy) % 2 ? '#9a5f35' : '#87512c'); if (gy === 8 && (gx > -8 && gx < -3)) return rgb('#e2a63a'); if ((gy === h || gy === h + 1) && gx === -6) return rgb(gy === h ? '#6a3fa8' : '#f4f0e6'); if (Math.hypot(x - .34, (y - .3) * .57) < .05) return rgb('#fff4c8'); const c = fbm(x * 6 + 3, y * 9, 2); return y > 0 && c > .6 ? rgb('#ffffff') : mix(rgb('#8fd4f5'), rgb('#3f8fe0'), clamp(y + .5)); }, 1), .0005));
    for (const s of [-1, 1]) m.at(s * (W / 2 + .19), 0, 0, () => {
      const p = rr(.38, H, .04).length ? curve([[-.19, -.51], [-.19, .51], [.0, .51], [.13, .47], [.19, .33], [.19, 0], [.19, -.33], [.13, -.47], [0, -.51]].map(q => [q[0] * s, q[1]]), 5) : 0; const poly = []; for (let i = 0; i <= 8; i++) { const a = i / 8 * PI / 2; poly.push([s * (.19 - .19 + .19 * Math.cos(a) * 1), .51 - .2 + .2 * Math.sin(a)]); } poly.push([-s * .19, .51], [-s * .19, -.51]); for (let i = 0; i <= 8; i++) { const a = -PI / 2 + i / 8 * PI / 2; poly.push([s * .19 * Math.cos(a), -.51 + .2 + .2 * Math.sin(a)]); }
      m.slab(poly, .16, s < 0 ? L : Rr, .025); m.at(0, s < 0 ? .22 : -.12, .08, () => { m.at(0, 0, 0, [90, 0, 0], () => { m.lathe([[.11, 0], [.105, .008], [0, .008]], M('#0d0d0f')); m.lathe([[.05, .005], [.05, .06], [.085, .07], [.09, .09], [.075, .1], [.06, .092], [0, .09]], key, 32); }); });
      m.at(0, s < 0 ? -.12 : .22, .085, () => { for (const [x, y] of [[.085, 0], [-.085, 0], [0, .085], [0, -.085]]) m.at(x, y, 0, [90, 0, 0], () => m.lathe([[.043, -.01], [.043, .012], [.036, .018], [0, .018]], key, 24)); }); m.at(-s * .08, .42, .082, () => m.box(.07, .018, .02, key, .005)); m.at(-s * .06, -.36, .082, () => m.box(.05, .05, .02, key, .008));
    });
    for (const s of [-1, 1]) m.at(s * (W / 2 + .16), .5, -.02, () => m.box(.3, .05, .1, key, .02));
  };
  O.cafetera = m => { // three times... kept in decimetres as the other small things
    const st = metal('#c8cacc', .24), st2 = metal('#a9acaf', .32), blk = M('#1b1b1d', { rough: .4, spec: .05 }), red = gloss('#a3231d', .16), chrome = metal('#dfe2e4', .07);
    m.at(0, 1.75, -.55, () => m.box(2.5, 2.9, 1.2, red, .14, 5)); m.at(0, 2.7, .25, () => m.box(2.5, 1.0, 1.3, red, .14, 5)); m.at(0, .3, .2, () => m.box(2.56, .6, 2.3, red, .12, 5)); m.at(0, .6, .55, () => m.box(2.1, .05, 1.35, M('#888', { metal: true, rough: .3, cut: q => Math.abs(q[1]) < 1 && Math.sin(q[0] * 42) > .45 && Math.abs(q[0]) < .98 && Math.abs(q[2]) < .6 }), .02)); m.at(0, .58, .55, () => m.box(2.1, .02, 1.35, M('#111'), .005)); m.at(0, 1.4, .07, () => m.box(2.2, 1.6, .05, st2, .02));
    m.at(0, 2.72, .91, () => m.box(2.3, .8, .04, st, .02)); m.at(-.75, 2.72, .93, () => { m.at(0, 0, 0, [90, 0, 0], () => { m.lathe([[.3, 0], [.3, .06], [.27, .08], [.25, .05]], chrome, 40); }); m.disc(.26, M(q => { const r = Math.hypot(q[0], q[1]), a = Math.atan2(q[1], q[0]); if (r > .19 && r < .23 && Math.sin(a * 20) > .6 && a > -2.4) return rgb('#222222'); if (r > .17 && r < .235 && a > -.6 && a < .5) return rgb('#c23a2c'); return rgb('#f5f2ea'); }, { rough: .3 }), .05); m.at(0, 0, .06, [0, 0, 40], () => m.box(.018, .34, .01, M('#111'), .004)); });
    for (const [x, k] of [[.1, 0], [.55, 0], [.98, 0]]) m.at(x, 2.72, .94, () => { m.at(0, 0, 0, [90, 0, 0], () => m.lathe([[.15, 0], [.15, .05], [.12, .07], [0, .07]], chrome, 32)); m.disc(.05, M(x < .2 ? '#ffb04a' : '#eef2f4', { emit: x < .2 ? 1.4 : .6 }), .075); });
    m.at(0, 2.05, .62, () => { m.lathe([[0, .2], [.42, .2], [.42, -.05], [.38, -.12], [0, -.12]], chrome, 48); m.at(0, -.2, 0, () => { m.lathe([[.4, .1], [.4, -.02], [.3, -.14], [.12, -.18], [0, -.18]], chrome, 48); m.tube([[0, 0, .38], [0, -.01, .6], [0, -.06, 1.25]], t => lerp(.075, .12, t), blk, { smooth: 5, seg: 16 }); for (const s of [-1, 1]) m.tube([[0, -.16, 0], [s * .12, -.26, 0], [s * .13, -.36, 0]], .045, chrome, { smooth: 5 }); }); });
    const cup = gloss('#f6f3ec', .1); for (const [x, z, h] of [[0, .62, 1]]) m.at(x, .63, z, () => { m.lathe([[0, .05], [.2, .05], [.22, .02], [.34, .3], [.36, .52], [.345, .53], [.33, .5], [.3, .3], [0, .22]], cup, 40); m.at(0, .44, 0, () => m.lathe([[0, 0], [.33, .0]], M('#4a2512', { rough: .25 }), 36)); m.tube([[.34, .42, 0], [.5, .42, 0], [.5, .25, 0], [.33, .22, 0]], .035, cup, { smooth: 6 }); }); for (const s of [-1, 1]) m.rod([s * .13, 1.5, .62], [s * .13, 1.07, .62], .016, M('#5a2f16', { rough: .2 }));
    m.tube([[1.0, 2.3, .8], [1.1, 2.1, 1.0], [1.12, 1.5, 1.1], [1.05, 1.1, 1.12]], .05, chrome, { smooth: 6 }); m.rod([1.07, 1.2, 1.12], [1.045, 1.0, 1.12], .06, blk); m.at(1.3, 2.75, .1, [0, 0, -90], () => m.lathe([[0, 0], [.06, 0], [.06, .1], [.18, .12], [.2, .2], [.18, .3], [0, .32]], blk, 32));
    for (const [x, z] of [[-.8, -.5], [-.2, -.6], [.4, -.45], [-.5, -.1]]) m.at(x, 3.2, z, () => m.lathe([[0, .0], [.2, .0], [.27, .3], [.28, .36], [.26, .36], [0, .1]], M('#efe9dd', { rough: .2 }), 32)); for (const x of [-1.2, 1.2]) m.rod([x, 3.35, -.95], [x, 3.35, .75], .025, chrome); m.rod([-1.2, 3.35, .75], [1.2, 3.35, .75], .025, chrome); for (const x of [-1.2, 1.2]) m.rod([x, 3.15, .7], [x, 3.35, .75], .025, chrome); 
    for (const x of [-1.1, 1.1]) for (const z of [-.8, 1.2]) m.at(x, .02, z, () => m.lathe([[0, 0], [.1, 0], [.1, .05], [0, .05]], blk));
  };
  O.jarra = m => { m.lathe([[0, 0], [.4, 0], [.44, .06], [.4, .5], [.34, .8], [.37, .95], [.35, .95], [.3, .78], [0, .1]], metal('#cfd2d4', .12), 44); m.tube([[.36, .8, 0], [.62, .78, 0], [.66, .4, 0], [.42, .2, 0]], .04, metal('#cfd2d4', .12), { smooth: 6 }); };

  root.Objects = O;
})(globalThis);
