import type { z } from 'zod';
import { problem } from '#libs/contracts/problem.js';
import { ApiError } from '../../shell/api.js';

interface Upload<Schema extends z.ZodType> {
  readonly path: string;
  readonly file: File;
  readonly schema: Schema;
  readonly locale: string;
  /** From 0 to 100. */
  readonly onProgress: (percent: number) => void;
}

/** Posts one file as multipart form; fetch cannot tell how far an upload got, XMLHttpRequest can. Throws ApiError. */
export function uploadFile<Schema extends z.ZodType>(upload: Upload<Schema>): Promise<z.infer<Schema>> {
  const { path, file, schema, locale, onProgress } = upload;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(readProblem(request, locale));
    request.open('POST', `/api${path}`);
    request.setRequestHeader('x-locale', locale);
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    });
    request.addEventListener('error', fail);
    request.addEventListener('load', () => {
      if (request.status >= 400) fail();
      else resolve(schema.parse(JSON.parse(request.responseText)));
    });
    const form = new FormData();
    form.set('file', file, file.name);
    request.send(form);
  });
}

function readProblem(request: XMLHttpRequest, locale: string): Error {
  try {
    return new ApiError(problem.parse(JSON.parse(request.responseText)));
  } catch {
    return new Error(locale === 'en' ? 'The upload failed: try again.' : '上传失败，请检查网络后重试。');
  }
}
