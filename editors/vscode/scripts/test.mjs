// Runs the tests. RCALINT names the program that they talk to.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { build } from "esbuild";

if (!process.env.RCALINT) throw new Error("the environment variable RCALINT must name the program");
rmSync("dist/test", { recursive: true, force: true });
await build({
  entryPoints: readdirSync("test").filter((file) => file.endsWith(".test.ts")).map((file) => `test/${file}`),
  outdir: "dist/test",
  outExtension: { ".js": ".cjs" },
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  logLevel: "warning",
});
const files = readdirSync("dist/test").map((file) => `dist/test/${file}`);
const { status } = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit" });
process.exitCode = status ?? 1;
