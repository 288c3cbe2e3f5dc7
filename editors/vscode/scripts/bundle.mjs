// Makes dist/extension.cjs, and the licences that the package contains: LICENSE.txt, and dist/THIRD-PARTY.txt for the
// packages inside the bundle.
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

// These allow distributing the bundle under MIT or Apache-2.0.
const ALLOWED = ["BlueOak-1.0.0", "ISC", "MIT"];

/** Returns the folders of the packages whose files are in the bundle, in order. */
function packages(inputs) {
  const inside = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;
  return [...new Set(Object.keys(inputs).flatMap((path) => inside.exec(path) ?? []))].sort();
}

/** Returns the name, version and licence of a package. */
async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!ALLOWED.includes(license)) throw new Error(`${name}: ${license} is not among the licences allowed`);
  const file = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (!file) throw new Error(`${name}: the package does not contain its licence`);
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
}

const { metafile } = await build({
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.cjs",
  bundle: true,
  external: ["vscode"],
  format: "cjs",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
const notices = await Promise.all(packages(metafile.inputs).map(notice));
await writeFile("dist/THIRD-PARTY.txt", `The extension contains these packages.\n\n${notices.join(`\n${"-".repeat(80)}\n\n`)}`);
const licences = await Promise.all(["MIT", "APACHE"].map((name) => readFile(`../../LICENSE-${name}`, "utf8")));
await writeFile("LICENSE.txt", `MIT OR Apache-2.0, at your choice.\n\n${licences.join(`\n${"-".repeat(80)}\n\n`)}`);
