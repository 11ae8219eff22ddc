import { type Agent, request } from 'node:http';

export interface Posted {
  status: number;
  text: string;
}

export interface Letter {
  url: string;
  headers: Record<string, string>;
  body: string;
  limitMs: number;
  agent: Agent;
}

/** Posts over HTTP. Answers null when nothing came within the limit; rejects when there is no connection. */
export function post(letter: Letter): Promise<Posted | null> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-length': String(Buffer.byteLength(letter.body)), ...letter.headers };
    const call = request(letter.url, { method: 'POST', headers, agent: letter.agent });
    const timer = setTimeout(() => {
      resolve(null);
      call.destroy();
    }, letter.limitMs);
    call.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
      });
      response.on('error', reject);
    });
    call.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // A kept connection that the bot has closed meanwhile says nothing about the bot: take a new one.
      if (call.reusedSocket && error.code === 'ECONNRESET') {
        resolve(post(letter));
        return;
      }
      reject(error);
    });
    call.end(letter.body);
  });
}
