// zhlint in a process of its own: one JSON job a line, {texts, count}; one JSON answer, {cpu}.
import path from "path";
import readline from "readline";
import { pathToFileURL } from "url";

const { run } = await import(pathToFileURL(path.join(process.argv[2], "zhlint", "lib", "index.js")).href);
const options = { rules: { preset: "default" } };

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { texts, count } = JSON.parse(line);
  const before = process.cpuUsage();
  for (let at = 0; at < count; at += 1) for (const text of texts) run(text, options);
  const used = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: (used.user + used.system) / 1e6 }));
});
