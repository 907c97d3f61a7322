// Builds the one module of all widgets, its style sheet, and the licences of what is bundled.
import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";

const out = "../../static";
const result = await build({
  entryPoints: { widgets: "src/index.ts" },
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none", // the licences stand in a file of their own
  charset: "utf8",
  metafile: true,
  outdir: out,
  logLevel: "warning",
});
await build({ entryPoints: ["src/widgets.css"], minify: true, outdir: out, charset: "utf8", logLevel: "warning" });

// Code that cytoscape carries within itself, and the notices that its own file has for more of it.
const packages = new Set(["heap", "lodash"]);
for (const input of Object.keys(result.metafile.inputs)) {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.add(found[1]);
}
const parts = [];
for (const name of [...packages].sort()) {
  const folder = `node_modules/${name}`;
  const about = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence file`);
  parts.push(`${name} ${about.version} (${about.license})\n\n${(await readFile(`${folder}/${file}`, "utf8")).trim()}\n`);
}
const notices = (await readFile("node_modules/cytoscape/dist/cytoscape.esm.mjs", "utf8")).match(/\/\*![^]*?\*\//g) ?? [];
parts.push(`within cytoscape\n\n${notices.map((one) => one.replace(/^\/\*!\s*|\s*\*\/$/g, "")).join("\n\n")}\n`);
const line = "=".repeat(78);
await writeFile(`${out}/THIRD-PARTY-LICENSES.txt`, `Bundled in widgets.js:\n\n${parts.join(`\n${line}\n\n`)}`);
