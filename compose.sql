-- What compose.yaml runs as the administrator of SQL Server at each start: the database, and a login that may read, write
-- and migrate it (the site migrates at its start) and nothing else. PASSWORD comes from there.
IF DB_ID('Marketplace') IS NULL
BEGIN
    CREATE DATABASE Marketplace;
    ALTER DATABASE Marketplace SET READ_COMMITTED_SNAPSHOT ON;
END
IF SUSER_ID('marketplace') IS NULL
    CREATE LOGIN marketplace WITH PASSWORD = '$(PASSWORD)', DEFAULT_DATABASE = Marketplace;
ELSE
    ALTER LOGIN marketplace WITH PASSWORD = '$(PASSWORD)';
GO
USE Marketplace;
IF USER_ID('marketplace') IS NULL
    CREATE USER marketplace FOR LOGIN marketplace;
ALTER ROLE db_datareader ADD MEMBER marketplace;
ALTER ROLE db_datawriter ADD MEMBER marketplace;
ALTER ROLE db_ddladmin ADD MEMBER marketplace;
GO
