global using ContactCenterAgent.Storage.Ledger;
