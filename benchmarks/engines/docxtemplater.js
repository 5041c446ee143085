// docxtemplater in a process of its own; the protocol is that of worker.py. NODE_PATH says where its packages are.
const fs = require("fs");
const path = require("path");
const readline = require("readline");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");

const template = fs.readFileSync(path.join(process.argv[2], "docxtemplater.docx"));
const ready = new Map();

function make(outline) {
  const made = new Docxtemplater(new PizZip(template), { paragraphLoop: true, linebreaks: true });
  made.render(outline);
  return made.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const job = JSON.parse(line);
  if (!ready.has(job.speeches)) {
    ready.set(job.speeches, JSON.parse(fs.readFileSync(job.speeches, "utf8")).map((speech) => speech.outline));
  }
  const inputs = ready.get(job.speeches);
  if (job.keep) fs.writeFileSync(job.keep, make(inputs[0]));
  const before = process.cpuUsage();
  let size = 0;
  for (let at = 0; at < job.count; at += 1) size += make(inputs[at % inputs.length]).length;
  const used = process.cpuUsage(before);
  const cpu = (used.user + used.system) / 1e6;
  console.log(JSON.stringify({ cpu, bytes: Math.floor(size / job.count) }));
});
