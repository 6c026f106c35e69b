import type { ErrorText } from '../error-text.js';

export const importErrors = {
  'import.no-file': { status: 400, zh: '请选择要导入的文件。', en: 'Choose a file to import.' },
  'import.unknown-format': {
    status: 400,
    zh: '不支持文件“{name}”：请使用 CSV、XLSX 或 JSONL（每行一个 JSON 对象）。',
    en: 'The file “{name}” is of no supported kind: use CSV, XLSX or JSONL (a JSON object a line).',
  },
  'import.unreadable': {
    status: 400,
    zh: '文件“{name}”不是有效的 {format} 文件。请用原软件打开并另存后重新上传，尚未导入任何内容。',
    en: 'The file “{name}” is no valid {format} file: open it in its own program, save it again and upload that. Nothing was imported.',
  },
  'import.unreadable-line': {
    status: 400,
    zh: '文件“{name}”第 {line} 行格式有误，不是有效的 {format}。请改正后重新上传，尚未导入任何内容。',
    en: 'Line {line} of the file “{name}” is no valid {format}. Nothing was imported; correct it and upload it again.',
  },
  'import.empty': { status: 400, zh: '文件“{name}”中没有数据行。', en: 'The file “{name}” has no rows.' },
  'import.too-many-rows': {
    status: 400,
    zh: '文件超过 {limit} 行，请拆分后分别导入。',
    en: 'The file has more than {limit} rows: split it and import the parts.',
  },
  'import.not-startable': {
    status: 409,
    zh: '该批次已开始导入或已放弃，不能再次开始。',
    en: 'This batch was started or discarded before and cannot be started again.',
  },
  'import.nothing-good': {
    status: 409,
    zh: '没有可导入的行，请按提示改正文件后重新上传。',
    en: 'No row can be imported: correct the file as shown and upload it again.',
  },
} as const satisfies Record<string, ErrorText>;
