import { postgresOfOneConnection } from '../support/stores';
import { storeContract } from './storeContract';

storeContract('PostgreSQL by one connection, in a schema of its own', postgresOfOneConnection);
