# Builds with the SDK, runs as nobody in particular, writes only to /data (the root file system may be read-only).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet restore Marketplace.Web --locked-mode \
    && dotnet publish Marketplace.Web -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
RUN install -d -m 700 -o "$APP_UID" /data
USER $APP_UID
VOLUME /data
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0 \
    ConnectionStrings__Marketplace="Data Source=/data/marketplace.db" \
    Files__Path=/data/files \
    Audit__KeyFile=/data/audit-key.pem \
    Audit__Anchor=/data/audit-checkpoints.jsonl \
    Serilog__WriteTo__File__Args__path=/data/logs/marketplace-.log
EXPOSE 8080
ENTRYPOINT ["dotnet", "Marketplace.Web.dll"]
