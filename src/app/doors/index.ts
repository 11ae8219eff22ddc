import type { Engine } from '../perform';
import { deleted, edited, heard } from './hear';
import { runLine } from './line';
import { home } from './look';
import { openFrom, suggestClients } from './opening';
import { press } from './press';
import { reacted } from './react';
import { submit } from './submit';
import type { Doors } from './types';

export type { Caller, Doors } from './types';

/** The ways in, over one engine. */
export function createDoors(engine: Engine): Doors {
  return {
    line: (words, caller) => runLine(engine, words, caller),
    press: (verb, data, caller) => press(engine, verb, data, caller),
    submit: (verb, data, values, caller) => submit(engine, { verb, data, values }, caller),
    openFrom: (message, caller) => openFrom(engine, message, caller),
    reacted: (reaction, caller) => reacted(engine, reaction, caller),
    heard: (message, caller) => heard(engine, message, caller),
    edited: (message, caller) => edited(engine, message, caller),
    deleted: (place, at, caller) => deleted(engine, place, at, caller),
    home: (caller, page) => home(engine, caller, page),
    clients: (typed) => suggestClients(engine, typed),
  };
}
