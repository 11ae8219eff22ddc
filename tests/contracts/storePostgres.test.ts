import { postgres } from '../support/stores';
import { storeContract } from './storeContract';

storeContract('PostgreSQL', postgres);
