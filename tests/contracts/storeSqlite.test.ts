import { sqliteFile, sqliteMemory } from '../support/stores';
import { storeContract } from './storeContract';

storeContract('SQLite in memory', sqliteMemory);
storeContract('SQLite in a file', sqliteFile);
