// Renders a Word template many times with docxtemplater, the best known library for this job, and prints the seconds.
// node bench_docxtemplater.js NODE_MODULES TEMPLATE.docx VALUES.json COUNT
"use strict";
const fs = require("fs");
const path = require("path");

const [modules, template, values, count] = process.argv.slice(2);
const PizZip = require(path.join(modules, "pizzip"));
const Docxtemplater = require(path.join(modules, "docxtemplater"));

const content = fs.readFileSync(template);
const data = JSON.parse(fs.readFileSync(values, "utf-8"));

function letter() {
  const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true, linebreaks: false });
  document.render(data);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE", compressionOptions: { level: 6 } });
}

letter();
const start = process.hrtime.bigint();
let size = 0;
for (let i = 0; i < Number(count); i += 1) size = letter().length;
process.stdout.write(JSON.stringify({ seconds: Number(process.hrtime.bigint() - start) / 1e9, size }) + "\n");
